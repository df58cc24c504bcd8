package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A piece of work on a record that its platform has not done so far: a comment, a title, the links, a state.
 *
 * @param times how often in a row it was tried in vain, at least 1
 * @param since when the first of these tries failed, by the clock of the hub that made it
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
public record FailedWork(
        int times,
        Instant since,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others) {

    public FailedWork {
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    FailedWork(int times, Instant since) {
        this(times, since, Map.of());
    }

    /**
     * Since when the latest piece of work fails that a refusal is of.
     *
     * @param failed that of a record, by {@link Step#task}
     * @param refused what the refusal is of, as {@link Rejection#operation} names it
     * @return null where none fails
     */
    public static Instant since(Map<String, FailedWork> failed, String refused) {
        return failed.entrySet().stream()
                .filter(work -> Step.isTask(work.getKey(), refused))
                .map(work -> work.getValue().since())
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    FailedWork again() {
        return new FailedWork(times + 1, since, others);
    }
}
