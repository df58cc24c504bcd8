package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;

/** The story of each incident: which signal, which rule, which calls, which outcome. */
public interface Timeline {

    /**
     * One line of the story.
     *
     * @param at when, by the clock of the hub that wrote it
     * @param hub who wrote it
     * @param kind {@code signal}, {@code call}, {@code decision} or {@code observed}
     * @param platform the platform concerned, or empty
     * @param by who did it there, or asked for it; empty where that is not known
     * @param signalId the signal that caused it, or empty
     * @param text what happened
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Entry(Instant at, String hub, String kind, String platform, String by, String signalId, String text) {}

    /** Adds a line. Never fails the work it describes: a line that cannot be written is logged. */
    void note(String correlationId, String kind, String platform, String by, String signalId, String text);

    /** A line about what no person did. */
    default void note(String correlationId, String kind, String platform, String signalId, String text) {
        note(correlationId, kind, platform, "", signalId, text);
    }

    /** All lines of an incident, oldest first. */
    List<Entry> read(String correlationId);
}
