package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Datadog writes times of cases with {@code Z} and times of incidents with {@code +00:00}, both in microseconds. */
final class DatadogTime {
    private static final DateTimeFormatter CASE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter INCIDENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'").withZone(ZoneOffset.UTC);

    private DatadogTime() {}

    static String ofCase() {
        return CASE.format(Instant.now());
    }

    static String ofIncident() {
        return INCIDENT.format(Instant.now());
    }
}
