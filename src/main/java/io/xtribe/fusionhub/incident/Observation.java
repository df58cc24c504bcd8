package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.xtribe.fusionhub.signal.Comment;
import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.Signal;

/**
 * What a platform says of one thing, by webhook or in an answer. Everything that a platform says becomes this, and
 * nothing else changes what a record knows of a platform.
 *
 * @param platform who speaks
 * @param part which of its records; empty for an alert, which has none
 * @param ourKey our key, where the platform hands it back, or null
 * @param record the record, or null for an alert; whether it is ours is not the platform's to say
 * @param status {@code open}, {@code acknowledged}, {@code resolved}, {@code active} or empty; see {@link Status#after}
 * @param priority {@code P1} to {@code P5}, {@link Field#NONE} where an answer shows none, or empty when it does not say
 * @param comments what people wrote on the record; a webhook brings one, a list all that it reaches back to
 * @param links the texts in which the record shows URLs; null where it does not tell, because it was not asked or hides them
 */
public record Observation(
        String platform,
        String part,
        PlatformKey ourKey,
        Reference record,
        Field status,
        Field priority,
        List<Comment> comments,
        List<String> links) {

    public Observation {
        comments = List.copyOf(comments);
    }

    /** One that does not tell of links. */
    public Observation(
            String platform,
            String part,
            PlatformKey ourKey,
            Reference record,
            Field status,
            Field priority,
            List<Comment> comments) {
        this(platform, part, ourKey, record, status, priority, comments, null);
    }

    /** One that brings no comments either. */
    public Observation(
            String platform, String part, PlatformKey ourKey, Reference record, Field status, Field priority) {
        this(platform, part, ourKey, record, status, priority, List.of());
    }

    /**
     * One field.
     *
     * @param value the platform's word, translated; empty when it does not say
     * @param at when that became so, by the platform's clock; {@link Instant#EPOCH} when it does not say
     * @param version the platform's count of changes, or -1 where it has none
     */
    public record Field(String value, Instant at, long version) {

        /** The word for a record that shows no value; an empty one says nothing about it. */
        public static final String NONE = "none";

        boolean isNone() {
            return NONE.equals(value);
        }
    }

    /** What a webhook says. */
    public static Observation of(Signal signal) {
        var record = signal.record();
        return new Observation(
                signal.platform(),
                record == null ? "" : record.part(),
                signal.ourKey().orElse(null),
                record == null
                        ? null
                        : new Reference(record.id(), record.number(), record.url(), false, record.keyTaken()),
                new Field(signal.status(), signal.occurredAt(), signal.version()),
                new Field(signal.priority(), signal.occurredAt(), signal.version()),
                signal.comments(),
                signal.links());
    }

    /** What a webhook says whose end was told before. */
    public static Observation ofEnd(Signal signal, End end) {
        var began = of(signal);
        return new Observation(
                began.platform(),
                began.part(),
                began.ourKey(),
                began.record(),
                new Field("resolved", end.at(), end.version()),
                new Field("", end.at(), end.version()));
    }

    public boolean isResolved() {
        return "resolved".equals(status.value());
    }

    /** The priority, where the platform shows one that the hub knows. */
    public Optional<Priority> knownPriority() {
        return Priority.parse(priority.value());
    }

    /** The status that it makes of this one, or null where it does not say. */
    Status statusAfter(Status before) {
        return status.value().isEmpty() ? null : before.after(status.value());
    }

    boolean carries(PlatformKey key) {
        return key.equals(ourKey);
    }

    /** What it shows, for a record met for the first time. */
    Known known(Status statusBefore, Priority priorityBefore) {
        return new Known(
                Shown.of(statusBefore.after(status.value()), status),
                Shown.of(knownPriority().orElse(priorityBefore), priority));
    }
}
