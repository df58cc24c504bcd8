package io.xtribe.fusionhub.fallback;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What other hubs have taken on to tell. One that has not told it after a minute may have died: then it is taken from it. */
final class OtherHubs {

    private static final Duration LATE = Duration.ofMinutes(1);

    private record Seen(long since, long looked) {}

    private final LongSupplier nanos;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /** With a monotonic clock. */
    OtherHubs(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether another hub does it, so that the record need not be read again now. */
    boolean have(String id) {
        var one = seen.get(id);
        return one != null && nanos.getAsLong() - one.looked() < LATE.toNanos();
    }

    /** The record says that another hub does it. */
    void seen(String id) {
        var now = nanos.getAsLong();
        seen.merge(id, new Seen(now, now), (before, again) -> new Seen(before.since(), now));
    }

    /** Counted from when this hub saw it first, by its monotonic clock. */
    boolean areLate(String id) {
        var one = seen.get(id);
        return one != null && nanos.getAsLong() - one.since() >= LATE.toNanos();
    }

    void keepOnly(Collection<String> ids) {
        seen.keySet().retainAll(ids);
    }
}
