package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The Table API's times: UTC, to the second, without a zone. */
final class ServiceNowTime {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private ServiceNowTime() {}

    static String now() {
        return FORMAT.format(Instant.now());
    }

    static String of(Instant time) {
        return FORMAT.format(time);
    }
}
