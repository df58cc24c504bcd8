package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A comment or a title that its platform has not taken so far.
 *
 * @param times how often in a row it was tried in vain, at least 1
 * @param since when the first of these tries began, by the clock of the hub that made it
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
public record FailedText(
        int times,
        Instant since,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others) {

    public FailedText {
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    FailedText(int times, Instant since) {
        this(times, since, Map.of());
    }

    /**
     * Since when the latest one is not taken that a refusal is of.
     *
     * @param texts those of a record, by {@link Step#text}
     * @param operation of the refusal
     * @return null where the refusal is of no such text
     */
    public static Instant since(Map<String, FailedText> texts, String operation) {
        var isOfTitle = operation.equals(Part.TITLE);
        return !isOfTitle && !operation.equals(Part.COMMENT)
                ? null
                : texts.entrySet().stream()
                        .filter(text -> Step.isTitle(text.getKey()) == isOfTitle)
                        .map(text -> text.getValue().since())
                        .max(Comparator.naturalOrder())
                        .orElse(null);
    }

    FailedText again() {
        return new FailedText(times + 1, since, others);
    }
}
