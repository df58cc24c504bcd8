package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential back-off with full jitter on its upper half, so that a recovered platform is not met by everybody at
 * once.
 *
 * @param first the wait after the first failure
 * @param longest no wait is longer
 */
public record BackOff(Duration first, Duration longest) {

    /** The wait after this many failures, at least 1. */
    public Duration after(int failures) {
        var doublings = Math.min(Math.max(failures, 1) - 1, 30);
        var full = Math.min(first.toMillis() << doublings, longest.toMillis());
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }
}
