package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long a platform must not be called for one incident, because of back-off: a signal makes an incident due at once, and
 * must not undo that. Of a record that is open, only the kind of work waits that has failed. In memory: another hub finds out for itself.
 */
public final class Holds {

    private record Held(String id, String what) {}

    /** Names one kind of work on a record, such as its links, as a platform's name does all that is done there. */
    static String of(String platform, String part, String work) {
        return platform + "/" + part + "/" + work;
    }

    private final Map<Held, Long> until = new ConcurrentHashMap<>();

    /**
     * Leaves a platform alone for this long, as far as one incident is concerned.
     *
     * @param what the platform, or {@link #of} it
     */
    void hold(String id, String what, Duration time) {
        var end = System.nanoTime() + time.toNanos();
        until.merge(new Held(id, what), end, (one, other) -> one - other > 0 ? one : other);
    }

    /**
     * How long the platform must still be left alone for this incident; zero when it may be called.
     *
     * @param what the platform, or {@link #of} it
     */
    Duration left(String id, String what) {
        var end = until.get(new Held(id, what));
        var left = end == null ? Duration.ZERO : Duration.ofNanos(end - System.nanoTime());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** A platform is back: lets go of whatever was held there, and yields the incidents. */
    List<String> release(String platform) {
        var ids = until.keySet().stream()
                .filter(held -> held.what().equals(platform) || held.what().startsWith(platform + "/"))
                .toList();
        ids.forEach(until::remove);
        return ids.stream().map(Held::id).distinct().toList();
    }

    /** Forgets what is over. */
    public void prune() {
        var now = System.nanoTime();
        until.values().removeIf(end -> end - now < 0);
    }
}
