package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * How the incidents of one priority and origin went: a row of the report. Times are in seconds, from when the hub was told; null where
 * there is none.
 */
record ReportRow(
        String priority,
        String origin,
        int incidents,
        long open,
        long unpaged,
        Double pagedMedian,
        Double paged95,
        Double linkedMedian,
        Double linked95,
        Double resolvedMedian,
        Double resolved95) {

    static ReportRow of(String priority, String origin, List<IncidentTimes> incidents) {
        var paged = seconds(incidents, IncidentTimes::toPaged);
        var linked = seconds(incidents, IncidentTimes::toLinked);
        var resolved = seconds(incidents, IncidentTimes::toResolved);
        return new ReportRow(
                priority,
                origin,
                incidents.size(),
                incidents.stream()
                        .filter(one -> !one.status().equals("RESOLVED"))
                        .count(),
                incidents.stream().filter(one -> one.pagedAt() == null).count(),
                percentile(paged, 50),
                percentile(paged, 95),
                percentile(linked, 50),
                percentile(linked, 95),
                percentile(resolved, 50),
                percentile(resolved, 95));
    }

    /** Its texts for people, in the order of the columns. */
    List<String> cells() {
        return List.of(
                priority,
                origin,
                String.valueOf(incidents),
                String.valueOf(open),
                String.valueOf(unpaged),
                pair(pagedMedian, paged95),
                pair(linkedMedian, linked95),
                pair(resolvedMedian, resolved95));
    }

    private static String pair(Double one, Double other) {
        return one == null ? "-" : words(one) + " / " + words(other);
    }

    /** A time for people. */
    static String words(Double seconds) {
        if (seconds == null) {
            return "-";
        }
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.2f s", seconds);
        }
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    private static List<Double> seconds(List<IncidentTimes> incidents, Function<IncidentTimes, Duration> time) {
        return incidents.stream()
                .map(time)
                .filter(Objects::nonNull)
                .map(length -> length.toMillis() / 1000.0)
                .sorted()
                .toList();
    }

    /** The smallest value that so many of a hundred do not exceed; null where there is none. */
    private static Double percentile(List<Double> sorted, int percent) {
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(percent / 100.0 * sorted.size()) - 1);
    }
}
