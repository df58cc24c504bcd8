package io.xtribe.fusionhub.incident;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.signal.Comments;

/**
 * One of several alerts that fold into one incident, while it stands.
 *
 * @param cycle by which its notifications are known again
 * @param at when it was told last, by its platform's clock, in milliseconds since 1970
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
public record Member(
        String cycle, long at, @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others) {

    public Member {
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    static Member of(Recurring.Sign sign, Observation said) {
        return new Member(Comments.shortHash(sign.cycle()), said.status().at().toEpochMilli(), Map.of());
    }

    /** As what it is kept: names of groups may be long, and hundreds stand in one record. */
    static String key(String name) {
        return Comments.shortHash(name);
    }

    boolean isOfCycle(Recurring.Sign sign) {
        return cycle.equals(Comments.shortHash(sign.cycle()));
    }
}
