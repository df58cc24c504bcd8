package io.xtribe.fusionhub.explain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.explain.Explanation.RequestTold;

/**
 * A signal of which two versions decide otherwise, or for which they make other requests.
 *
 * @param sequence its number in the stream; null where it was not recorded
 * @param at when it was stored
 * @param event the envelope without its data
 * @param now what this version does
 * @param other what the other one does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Difference(Long sequence, Instant at, JsonNode event, Side now, Side other) {

    /**
     * What one version does.
     *
     * @param outcome as in an explanation
     * @param requests those that the other version does not make in the same way
     */
    record Side(String outcome, String rule, String reason, List<Request> requests) {}

    /** A request by what goes out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Request(String method, String url, JsonNode body) {}

    /** Compares; empty where both do the same. */
    static Optional<Difference> between(Long sequence, Explanation now, Explanation other) {
        var left = requests(now);
        var right = requests(other);
        // Requests of branches of a route go out in any order.
        var isSame = without(left, right).isEmpty()
                && without(right, left).isEmpty()
                && Objects.equals(now.decision().outcome(), other.decision().outcome())
                && Objects.equals(now.decision().rule(), other.decision().rule())
                && Objects.equals(now.decision().reason(), other.decision().reason());
        return isSame
                ? Optional.empty()
                : Optional.of(new Difference(
                        sequence,
                        now.at(),
                        now.event() == null ? other.event() : now.event(),
                        side(now, without(left, right)),
                        side(other, without(right, left))));
    }

    private static Side side(Explanation explanation, List<Request> requests) {
        var decision = explanation.decision();
        return new Side(decision.outcome(), decision.rule(), decision.reason(), requests);
    }

    private static List<Request> without(List<Request> all, List<Request> others) {
        var left = new ArrayList<>(all);
        others.forEach(left::remove);
        return left;
    }

    private static List<Request> requests(Explanation explanation) {
        return explanation.rounds().stream()
                .flatMap(round -> round.steps().stream())
                .flatMap(step -> step.requests().stream())
                .map(Difference::request)
                .toList();
    }

    private static Request request(RequestTold told) {
        return new Request(told.method(), told.url(), told.body());
    }
}
