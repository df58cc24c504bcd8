package io.xtribe.fusionhub.incident;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where an incident began.
 *
 * @param platform the platform
 * @param source the kind of trigger, for example {@code datadog.monitor}
 * @param scope organisation or instance
 * @param key the origin's own key
 * @param subject the platform's id of what began, by which it can be read again
 * @param series as what its series is known, where the same may begin again under another key; else empty
 * @param seriesName what the platform's mapping calls that series, by which its platform's routes find it among others; else empty
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
public record Origin(
        String platform,
        String source,
        String scope,
        String key,
        String subject,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String series,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String seriesName,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others) {

    public Origin {
        series = series == null ? "" : series;
        seriesName = seriesName == null ? "" : seriesName;
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    public Origin(String platform, String source, String scope, String key, String subject) {
        this(platform, source, scope, key, subject, "", "");
    }

    public Origin(
            String platform,
            String source,
            String scope,
            String key,
            String subject,
            String series,
            String seriesName) {
        this(platform, source, scope, key, subject, series, seriesName, Map.of());
    }
}
