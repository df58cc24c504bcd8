package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long a platform must not be called: at all, because it asked for that, or for one incident, because of back-off.
 * A signal makes an incident due at once, and must not undo either. In memory: another hub finds out for itself.
 */
public final class Holds {

    private final Map<String, Long> until = new ConcurrentHashMap<>();

    /** Leaves a platform alone for this long. */
    void holdPlatform(String platform, Duration time) {
        hold(platform, time);
    }

    /** Leaves a platform alone for this long, as far as one incident is concerned. */
    void holdIncident(String id, String platform, Duration time) {
        hold(id + "/" + platform, time);
    }

    /** How long the platform must still be left alone for this incident; zero when it may be called. */
    Duration left(String id, String platform) {
        var forAll = left(platform);
        var forOne = left(id + "/" + platform);
        return forAll.compareTo(forOne) > 0 ? forAll : forOne;
    }

    /** Everything may be called again: a paused platform is back. */
    public void clear() {
        until.clear();
    }

    /** Forgets what is over. */
    public void prune() {
        var now = System.nanoTime();
        until.values().removeIf(end -> end - now < 0);
    }

    private void hold(String key, Duration time) {
        var end = System.nanoTime() + time.toNanos();
        until.merge(key, end, (one, other) -> one - other > 0 ? one : other);
    }

    private Duration left(String key) {
        var end = until.get(key);
        var left = end == null ? Duration.ZERO : Duration.ofNanos(end - System.nanoTime());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
