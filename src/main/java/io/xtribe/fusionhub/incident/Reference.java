package io.xtribe.fusionhub.incident;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;
import org.immutables.value.Value;

/**
 * A record on a platform.
 *
 * @param id the platform's own id, by which its API finds it
 * @param number what people call it, for example {@code INC0010002}
 * @param url where people open it
 * @param ours whether the hub created it
 * @param keyTaken whether somebody else's key stands where ours would
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
@Value.Builder
public record Reference(
        String id,
        String number,
        String url,
        boolean ours,
        boolean keyTaken,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others)
        implements WithReference {

    public Reference {
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    public Reference(String id, String number, String url, boolean ours, boolean keyTaken) {
        this(id, number, url, ours, keyTaken, Map.of());
    }

    /** The same record, where somebody else's key stands now. */
    Reference taken() {
        return withKeyTaken(true);
    }

    /** The same record with the number and URL that a later answer told, where this one lacks them. */
    Reference completedBy(Reference other) {
        return new ReferenceBuilder()
                .from(this)
                .number(number.isEmpty() ? other.number : number)
                .url(url.isEmpty() ? other.url : url)
                .ours(ours || other.ours)
                .keyTaken(keyTaken || other.keyTaken)
                .build();
    }
}
