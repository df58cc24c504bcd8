package io.xtribe.fusionhub.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Bounds of histograms. The alerts on how fast people are paged name one of them: docs/metrics.md. */
public final class Buckets {

    /** From a signal to what was done about it: from what a quick platform takes to what no one accepts. */
    public static final List<Duration> SIGNAL =
            ofMillis(250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000);

    /** From a change on one platform to the same on another; a paused platform makes it hours. */
    public static final List<Duration> SYNC = ofMillis(500, 1_000, 2_500, 5_000, 10_000, 60_000, 300_000, 3_600_000);

    /** One request to a platform, which is given up after 10 s. */
    public static final List<Duration> CALL = ofMillis(100, 250, 500, 1_000, 2_500, 10_000);

    private Buckets() {}

    private static List<Duration> ofMillis(long... bounds) {
        return Arrays.stream(bounds).mapToObj(Duration::ofMillis).toList();
    }
}
