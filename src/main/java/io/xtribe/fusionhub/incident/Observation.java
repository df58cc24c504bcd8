package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.xtribe.fusionhub.signal.Comment;
import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.SafeText;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalEnd;

/**
 * What a platform says of one thing, by webhook or in an answer. Everything that a platform says becomes this, and
 * nothing else changes what a record knows of a platform.
 *
 * @param platform who speaks
 * @param part which of its records; empty for an alert, which has none
 * @param ourKey our key, where the platform hands it back, or null
 * @param record the record, or null for an alert; whether it is ours is not the platform's to say
 * @param status {@code open}, {@code acknowledged}, {@code resolved}, {@code closed} (for good), {@code active} or empty; see {@link Status#after}
 * @param priority {@code P1} to {@code P5}, {@link Field#NONE} where an answer shows none, or empty when it does not say
 * @param title what the record is called there, a priority before it included; empty when it does not say
 * @param end what it makes of the incident where it is over
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
        Field title,
        SignalEnd end,
        List<Comment> comments,
        List<String> links) {

    public Observation {
        comments = List.copyOf(comments);
    }

    /** One that brings neither title nor comments, does not tell of links, and is over everywhere where it is over. */
    public Observation(
            String platform, String part, PlatformKey ourKey, Reference record, Field status, Field priority) {
        this(platform, part, ourKey, record, status, priority, Field.NOT_SAID, SignalEnd.RESOLVE, List.of(), null);
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

        /** One that says nothing. */
        public static final Field NOT_SAID = new Field("", Instant.EPOCH, -1);

        Field notBefore(Instant earliest) {
            return at.isBefore(earliest) ? new Field(value, earliest, version) : this;
        }

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
                // An alert's title tells of each value that it meets; it names no record.
                new Field(
                        record == null ? "" : SafeText.cut(signal.title(), Title.LIMIT),
                        signal.occurredAt(),
                        signal.version()),
                signal.end(),
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
                new Field(Signal.RESOLVED, end.at(), end.version()),
                new Field("", end.at(), end.version()),
                Field.NOT_SAID,
                end.makes(),
                List.of(),
                null);
    }

    public boolean isResolved() {
        return Signal.isOver(status.value());
    }

    /** Whether it is over there, and the incident goes on. */
    boolean isOnlyTold() {
        return isResolved() && end != SignalEnd.RESOLVE;
    }

    /** Whether it stands, and more cannot be told. */
    boolean isActive() {
        return "active".equals(status.value());
    }

    /** Whether it is over and can never be opened again. */
    boolean isClosed() {
        return Signal.CLOSED.equals(status.value());
    }

    /** The priority, where the platform shows one that the hub knows. */
    public Optional<Priority> knownPriority() {
        return Priority.parse(priority.value());
    }

    /** The same, where its end makes something else of the incident. */
    Observation with(SignalEnd other) {
        return new Observation(platform, part, ourKey, record, status, priority, title, other, comments, links);
    }

    /** The same, without a word about the priority. */
    Observation withoutPriority() {
        return new Observation(platform, part, ourKey, record, status, Field.NOT_SAID, title, end, comments, links);
    }

    /** The same, told at this time at the earliest. */
    Observation notBefore(Instant earliest) {
        return new Observation(
                platform,
                part,
                ourKey,
                record,
                status.notBefore(earliest),
                priority.notBefore(earliest),
                title,
                end,
                comments,
                links);
    }

    /** The same of a record where somebody else's key stands. */
    public Observation withKeyTaken() {
        return new Observation(platform, part, ourKey, record.taken(), status, priority, title, end, comments, links);
    }

    /** The status that it makes of this one, or null where it does not say. */
    Status statusAfter(Status before) {
        return status.value().isEmpty() ? null : before.after(status.value());
    }

    boolean carries(PlatformKey key) {
        return key.equals(ourKey);
    }

    /** What the record is called there, or null where it does not say. */
    String toldTitle() {
        return title.value().isBlank() ? null : title.value();
    }

    /**
     * What it shows, for a record met for the first time.
     *
     * @param titleMet the incident's title: whatever the record is called then, it is not given this one
     */
    Known known(Status statusBefore, Priority priorityBefore, String titleMet) {
        return new Known(
                Shown.of(statusBefore.after(status.value()), status),
                Shown.of(knownPriority().orElse(priorityBefore), priority),
                toldTitle() == null ? Known.NO_TITLE : Title.given(Shown.of(toldTitle(), title), titleMet));
    }
}
