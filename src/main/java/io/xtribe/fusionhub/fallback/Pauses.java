package io.xtribe.fusionhub.fallback;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** How long a way that has failed is left alone: 10 s, then twice as long each time, five minutes at most. In memory. */
final class Pauses {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private record Pause(int failures, long until) {}

    private final LongSupplier nanos;
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

    /** With a monotonic clock. */
    Pauses(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean isPaused(String way) {
        var pause = pauses.get(way);
        return pause != null && pause.until() - nanos.getAsLong() > 0;
    }

    /** Returns how long it is left alone. */
    Duration failed(String way) {
        var failures = pauses.containsKey(way) ? pauses.get(way).failures() + 1 : 1;
        var doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
        var wait = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        pauses.put(way, new Pause(failures, nanos.getAsLong() + wait.toNanos()));
        return wait;
    }

    void over(String way) {
        pauses.remove(way);
    }
}
