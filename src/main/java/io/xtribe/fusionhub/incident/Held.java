package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * That the storm brake holds an incident back, or did: docs/storm-brake.md.
 *
 * @param since when that began, by the hub's clock
 * @param why in words
 * @param releasedAt when an operator released it, by the hub's clock; null before that
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Held(
        Instant since,
        String why,
        Instant releasedAt,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others) {

    public Held {
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    /** One that begins. */
    public static Held since(Instant at, String why) {
        return new Held(at, why, null, Map.of());
    }

    @JsonIgnore
    public boolean isReleased() {
        return releasedAt != null;
    }

    Held released(Instant at) {
        return new Held(since, why, at, others);
    }
}
