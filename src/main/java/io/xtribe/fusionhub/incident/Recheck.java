package io.xtribe.fusionhub.incident;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A create was made again after one of unknown outcome, so both may have made a record. This says when the platform is
 * searched for a second record.
 *
 * @param token names this wait; each hub counts its time from when it first saw it
 * @param afterMillis how long after that the platform is searched for good
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
public record Recheck(
        String token,
        long afterMillis,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others) {

    public Recheck {
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    public Recheck(String token, long afterMillis) {
        this(token, afterMillis, Map.of());
    }
}
