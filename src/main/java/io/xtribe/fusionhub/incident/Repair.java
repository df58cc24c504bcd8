package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A link that was gone from its place, and is written again.
 *
 * @param times how often it was
 * @param at when that was last seen
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
public record Repair(
        int times, Instant at, @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others) {

    public Repair {
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    public Repair(int times, Instant at) {
        this(times, at, Map.of());
    }
}
