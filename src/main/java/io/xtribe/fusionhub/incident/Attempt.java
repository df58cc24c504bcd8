package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.immutables.value.Value;

/**
 * A create, or a writing of links, that may have happened. Stored before the call, so that no crash can hide it.
 *
 * @param token unique name of this attempt
 * @param target what the call was aimed at, frozen: service, group, project; a catalogue edit must not change it
 * @param deadlineMillis how long after the attempt was first seen its call may still be under way
 * @param hub the process that makes it
 * @param made when, by that process's clock; for people to read, never compared across hosts
 * @param uncertain whether the call ended without telling what became of it
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
@Value.Builder
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Attempt(
        String token,
        Map<String, String> target,
        long deadlineMillis,
        String hub,
        Instant made,
        boolean uncertain,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others)
        implements WithAttempt {

    public Attempt {
        target = target == null ? Map.of() : Map.copyOf(target);
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    public Attempt(
            String token,
            Map<String, String> target,
            long deadlineMillis,
            String hub,
            Instant made,
            boolean uncertain) {
        this(token, target, deadlineMillis, hub, made, uncertain, Map.of());
    }

    boolean isSameAs(Attempt other) {
        return other != null && token.equals(other.token());
    }

    /** The same attempt, now known to have ended without an answer. */
    public Attempt asUncertain() {
        return withUncertain(true);
    }
}
