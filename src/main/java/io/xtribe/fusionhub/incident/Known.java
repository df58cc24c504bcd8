package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a platform was last known to show, and as of which of its own versions.
 *
 * @param status the status it shows
 * @param priority the priority it shows, or null when it shows none
 * @param at when, by the platform's clock
 * @param version the platform's count of changes, or -1 where it has none
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
public record Known(
        Status status,
        Priority priority,
        Instant at,
        long version,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others) {

    public Known {
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    public Known(Status status, Priority priority, Instant at, long version) {
        this(status, priority, at, version, Map.of());
    }

    /** Whether a report with this time and version tells something later; times of two platforms never meet here. */
    boolean isOlderThan(Instant reportAt, long reportVersion) {
        if (version >= 0 && reportVersion >= 0) {
            return reportVersion > version;
        }
        return reportAt.isAfter(at);
    }
}
