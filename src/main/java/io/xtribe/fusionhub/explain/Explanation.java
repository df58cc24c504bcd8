package io.xtribe.fusionhub.explain;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.intake.IntakeRehearsal;
import io.xtribe.fusionhub.signal.InvalidSignalException;

/**
 * What a hub would do about a signal, and why.
 *
 * @param at the time at which it is heard
 * @param event the envelope without its data; null where it cannot be read
 * @param observation what the mapping of its source makes of it; null where it is not mapped
 * @param decision what becomes of it
 * @param incident the correlation id of the incident that it belongs to, or opens; null where there is none
 * @param before the record as it is; null where there is none
 * @param after the record as the signal leaves it; null where there is none
 * @param rounds what the hub would do for it then, round by round
 * @param end the record when nothing more can be done, as far as it can be told; null where no step follows
 * @param settled whether all platforms are as they should be then
 * @param events what would be published about the incident, such as {@code opened}
 * @param remarks what differs from a hub at work
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Explanation(
        Instant at,
        JsonNode event,
        JsonNode observation,
        Decision decision,
        String incident,
        Incident before,
        Incident after,
        List<Round> rounds,
        Incident end,
        Boolean settled,
        List<String> events,
        List<String> remarks) {

    /**
     * What becomes of the signal.
     *
     * @param outcome {@code opened}, {@code held}, {@code applied}, {@code unchanged}, {@code noise}, {@code dead-letter} or {@code comes-again}
     * @param rule by which it was decided, as in timelines; for noise {@code noise}, for a dead letter its class
     * @param reason in a sentence
     * @param remedy what an operator can do about a dead letter; null for all else
     * @param notes the lines of the incident's timeline
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Decision(String outcome, String rule, String reason, String remedy, List<Note> notes) {}

    /** A line of a timeline. */
    record Note(String platform, String rule, String text) {}

    /** Steps that are taken at the same time. */
    record Round(List<StepTold> steps) {}

    /**
     * A step.
     *
     * @param operation such as {@code open}
     * @param part which of the platform's records
     * @param route the platform's route that does it
     * @param requests in their order
     * @param outcome {@code ok}, {@code failed}, or {@code not-told} where a request has no recorded answer
     * @param why it failed; null otherwise
     * @param notes the lines of the incident's timeline
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepTold(
            String platform,
            String operation,
            String part,
            String route,
            List<RequestTold> requests,
            String outcome,
            String why,
            List<Note> notes) {}

    /**
     * A request that would go out.
     *
     * @param headers secret values are {@code ***}
     * @param body null where there is none
     * @param answer what the following depends on, which is assumed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RequestTold(String method, String url, Map<String, String> headers, JsonNode body, AnswerTold answer) {}

    /**
     * An answer.
     *
     * @param assumedFrom the conformance case that it is taken from; null where none fits
     * @param status null where none fits
     * @param body null where it is empty
     * @param missing says that none fits; null where one does
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AnswerTold(String assumedFrom, Integer status, JsonNode body, String missing) {}

    /** A webhook that cannot be put into an envelope. */
    static Explanation refused(Instant at, InvalidSignalException letter) {
        var decision = new Decision(
                IntakeRehearsal.DEAD_LETTER,
                letter.letterClass().wireName(),
                letter.getMessage(),
                letter.remedy(),
                List.of());
        return new Explanation(at, null, null, decision, null, null, null, List.of(), null, null, List.of(), List.of());
    }

    Explanation with(List<String> further) {
        return new Explanation(
                at, event, observation, decision, incident, before, after, rounds, end, settled, events, further);
    }
}
