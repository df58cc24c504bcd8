package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * How people hear of an incident that nobody was paged for in time.
 *
 * @param hub which hub has taken it on, so that no other one tells them as well; a hub has another name after each start
 * @param ways by which they have been told, such as {@code mail}
 * @param at when they were told last, by the clock of the hub that did; null before the first time
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecondWay(
        String hub,
        Set<String> ways,
        Instant at,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others) {

    public SecondWay {
        ways = ways == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(ways));
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    /** A hub takes it on, also from another one; what has been told stays so. */
    static SecondWay takenOn(SecondWay before, String hub) {
        return before == null
                ? new SecondWay(hub, Set.of(), null, Map.of())
                : new SecondWay(hub, before.ways(), before.at(), before.others());
    }

    SecondWay told(String way, Instant now) {
        var all = new TreeSet<>(ways);
        all.add(way);
        return new SecondWay(hub, all, now, others);
    }
}
