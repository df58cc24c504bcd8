package io.xtribe.fusionhub.incident;

import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A record that was this incident's on a platform, and is so no more: what it tells changes nothing.
 *
 * @param id the platform's own id
 * @param number what people call it
 * @param url where people open it
 * @param why what ended it
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
public record Former(
        String id,
        String number,
        String url,
        Why why,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others) {

    /** What ends it. */
    public enum Why {
        /** An operator said that it is not the one. */
        DETACHED,
        /** It was closed for good, and the incident went on in another one. */
        CLOSED,
        /** Somebody merged it into another one. */
        MERGED
    }

    public Former {
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    static Former of(Reference record, Why why) {
        return new Former(record.id(), record.number(), record.url(), why, Map.of());
    }

    /** For people: {@code INC0010002, which was detached}. */
    String words() {
        return (number.isEmpty() ? id : number) + ", which was " + why.name().toLowerCase(Locale.ROOT);
    }
}
