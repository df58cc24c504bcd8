package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A platform's refusal of this incident, in its own words. Stands until the desired state changes, or until its cause may be
 * mended: {@link Incident#retrying}.
 *
 * @param operation what was refused, for example {@code open}
 * @param status the HTTP status of the answer, 0 where it is not known
 * @param words the vendor's words
 * @param generation the generation of the incident that was refused
 * @param at when the hub heard it
 * @param configuration a mark of how the platform was configured then, or null where it did not refuse, but put back what was written
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
public record Rejection(
        String operation,
        int status,
        String words,
        long generation,
        Instant at,
        @JsonInclude(JsonInclude.Include.NON_NULL) String configuration,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others) {

    public Rejection {
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    public Rejection(String operation, int status, String words, long generation, Instant at) {
        this(operation, status, words, generation, at, null);
    }

    public Rejection(String operation, int status, String words, long generation, Instant at, String configuration) {
        this(operation, status, words, generation, at, configuration, Map.of());
    }
}
