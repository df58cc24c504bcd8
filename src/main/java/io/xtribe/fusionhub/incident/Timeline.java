package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;

/** The story of each incident: which signal, which rule, which calls, which outcome. */
public interface Timeline {

    /**
     * One line of the story. An entry of an earlier version has neither rule nor calls.
     *
     * @param at when, by the clock of the hub that wrote it
     * @param hub who wrote it
     * @param kind {@code signal}, {@code call}, {@code decision} or {@code observed}
     * @param platform the platform concerned, or empty
     * @param by who did it there, or asked for it; empty where that is not known
     * @param signalId the signal that caused it, or empty
     * @param rule by which it was decided, one of {@link Rule}; empty where it is not known
     * @param text what happened
     * @param calls which requests were made for it, in their order; null or empty where none was
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Entry(
            Instant at,
            String hub,
            String kind,
            String platform,
            String by,
            String signalId,
            String rule,
            String text,
            List<Call> calls) {

        /** One that is written now. */
        public static Entry of(String hub, Line line) {
            return new Entry(
                    Instant.now(),
                    hub,
                    line.kind(),
                    line.platform(),
                    line.by(),
                    line.signalId(),
                    line.rule().word(),
                    line.text(),
                    line.calls());
        }
    }

    /**
     * A request to a platform.
     *
     * @param request its method and path
     * @param outcome {@code ok}, the status of a refusal, or how else it failed, such as {@code unknown-outcome}
     * @param millis how long it took, from its beginning until its answer was read, in milliseconds
     * @param requestId what the platform calls it, for questions to the vendor; empty where it does not tell
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Call(String request, String outcome, long millis, String requestId) {}

    /** What is to be told; the members are those of {@link Entry}. */
    record Line(String kind, String platform, String by, String signalId, Rule rule, String text, List<Call> calls) {

        /** What was decided, and who asked for it, if somebody did. */
        public static Line decision(Rule rule, String platform, String by, String text) {
            return new Line("decision", platform, by, "", rule, text, List.of());
        }

        /** What a signal made of it. */
        public static Line signal(String platform, String by, String signalId, Rule rule, String text) {
            return new Line("signal", platform, by, signalId, rule, text, List.of());
        }

        /** What came of a step on a platform. */
        public static Line call(String platform, Rule rule, String text, List<Call> calls) {
            return new Line("call", platform, "", "", rule, text, calls);
        }
    }

    /** Adds a line. Never fails the work it describes: a line that cannot be written is logged. */
    void note(String correlationId, Line line);

    /** All lines of an incident, oldest first. */
    List<Entry> read(String correlationId);
}
