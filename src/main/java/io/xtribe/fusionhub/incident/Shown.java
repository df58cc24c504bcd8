package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a platform was last known to show in one field, and as of when. Times and versions are the platform's own and are
 * never compared with another platform's.
 *
 * @param value what it shows, or null for nothing
 * @param at when, by the platform's clock; {@link Instant#EPOCH} when it did not say
 * @param version the platform's count of changes, or -1 where it has none
 * @param write what the hub wrote there last, as long as nobody changed it since, or null
 */
public record Shown<T>(T value, Instant at, long version, Write<T> write) {

    /**
     * A write of the hub.
     *
     * @param sent what was sent; the platform may show another value all the same, such as a priority that it computes
     * @param replaced what stood there before
     * @param at when, by the platform's clock
     * @param since as of when that stood there, by the same clock; null where it is not known
     */
    public record Write<T>(
            T sent,
            T replaced,
            Instant at,
            @JsonInclude(JsonInclude.Include.NON_NULL) Instant since) {

        public Write(T sent, T replaced, Instant at) {
            this(sent, replaced, at, null);
        }
    }

    /**
     * What a report makes of it.
     *
     * @param shown what is shown now
     * @param byOthers whether somebody else than the hub changed the value
     * @param unclear whether only the record itself can tell what it shows
     */
    record Seen<T>(Shown<T> shown, boolean byOthers, boolean unclear) {

        Seen(Shown<T> shown, boolean byOthers) {
            this(shown, byOthers, false);
        }
    }

    private enum Order {
        EARLIER,
        UNCLEAR,
        LATER
    }

    /** How far apart the reports of one write come: a platform tells of each field by itself, the first with old others. */
    private static final Duration ECHO = Duration.ofSeconds(2);

    static <T> Shown<T> of(T value, Observation.Field said) {
        return new Shown<>(value, said.at(), said.version(), null);
    }

    /** The same without when that was told. */
    Shown<T> timeless() {
        return new Shown<>(value, Instant.EPOCH, -1, null);
    }

    /** Whether anything has ever been told of it. */
    boolean isKnown() {
        return value != null || write != null;
    }

    /** The same, and what is shown counts as what the platform makes of this value. */
    Shown<T> givenAlready(T wanted) {
        return new Shown<>(value, at, version, new Write<>(wanted, value, at));
    }

    /** Whether a platform that was sent this value shows another one and will go on doing so. */
    public boolean isSettledOnAnotherThan(T wanted) {
        return write != null && wanted.equals(write.sent());
    }

    /** Whether this field's report tells something later than what is known. */
    boolean isBefore(Observation.Field said) {
        return order(said) == Order.LATER;
    }

    /** Whether what is known is later than this field's report. */
    boolean isAfter(Observation.Field said) {
        return order(said) == Order.EARLIER;
    }

    /**
     * A webhook shows this value, which nobody asked for.
     *
     * @param desired what is desired of the incident
     * @param maybeSent whether a write of unknown outcome may have brought the value just now
     * @param readable whether there is a record that can be read; what cannot is judged by its time
     */
    Seen<T> reported(T told, Observation.Field said, T desired, boolean maybeSent, boolean readable) {
        var order = order(said);
        if (told == null || order == Order.EARLIER) {
            return unchanged();
        }
        if (told.equals(value)) {
            return order == Order.LATER ? new Seen<>(asOf(said), false) : unchanged();
        }
        if (maybeSent) {
            return overtaken(told, said);
        }
        if (told.equals(desired) && order == Order.UNCLEAR) {
            return new Seen<>(new Shown<>(told, latest(said), version, write), false);
        }
        if (order == Order.LATER && !isEcho(told, said)) {
            return changed(told, said);
        }
        return readable ? new Seen<>(this, false, true) : changedAt(told, said);
    }

    /** Without a record to ask: within one tick of the platform's clock, what is no earlier counts. */
    private Seen<T> changedAt(T told, Observation.Field said) {
        return said.at().isAfter(at) ? changed(told, said) : unchanged();
    }

    /**
     * The record was read because it could not be told what it shows.
     *
     * @param planned what was known when it was read
     * @param maybeSent whether a write of unknown outcome may have brought the value
     */
    Seen<T> read(T told, Shown<T> planned, Observation.Field said, boolean maybeSent) {
        if (told == null || told.equals(value) || !isSameAs(planned)) {
            return unchanged();
        }
        return maybeSent ? overtaken(told, said) : changed(told, said);
    }

    /** An earlier write of the hub took effect after the last one, which is to be made again. */
    private Seen<T> overtaken(T told, Observation.Field said) {
        return new Seen<>(new Shown<>(told, latest(said), Math.max(version, said.version()), null), false);
    }

    /** The answer to a write of this field shows this value; null where it shows none, or does not say. */
    Shown<T> written(T sent, T told, Shown<T> planned, Observation.Field said) {
        // A report that came since the write was planned may be later than the answer.
        if (!isSameAs(planned) && order(said) == Order.EARLIER) {
            return this;
        }
        return new Shown<>(
                told == null && !said.isNone() ? sent : told,
                latest(said),
                Math.max(version, said.version()),
                new Write<>(sent, planned.value(), said.at(), planned.at()));
    }

    /** The answer to a write of another field shows this value beside it; null where the answer does not say. */
    Seen<T> besides(T told, Shown<T> planned, Observation.Field said) {
        var order = order(said);
        if (told == null || order == Order.EARLIER) {
            return unchanged();
        }
        if (told.equals(value)) {
            return order == Order.LATER ? new Seen<>(asOf(said), false) : unchanged();
        }
        if (hasVersions(said) && said.version() == version + 1) {
            // Nobody else has changed the record: a rule of the platform made this of the hub's own write.
            return new Seen<>(new Shown<>(told, latest(said), said.version(), write), false);
        }
        return isSameAs(planned) || order == Order.LATER ? changed(told, said) : unchanged();
    }

    /**
     * Whether a report tells of somebody's value that stood there after what the hub knew of and before it wrote another one, so that it was
     * written over by a hub that had not heard of it. Reports of the hub's own writes come near these.
     */
    boolean isWrittenOver(T told, Observation.Field said) {
        return told != null
                && write != null
                && write.since() != null
                && write.since().isAfter(Instant.EPOCH)
                && said.at().isAfter(end(write.since()).plus(ECHO))
                && end(said.at()).isBefore(write.at())
                && !told.equals(value)
                && !told.equals(write.sent())
                && !told.equals(write.replaced());
    }

    /** The same, and that value counts as what the hub's write has replaced: it is told once. */
    Shown<T> writtenOver(T told, Observation.Field said) {
        return new Shown<>(value, at, version, new Write<>(write.sent(), told, write.at(), said.at()));
    }

    /** Taken for shown without having been written, because the account has no place for it. */
    Shown<T> assumed(T wanted) {
        return new Shown<>(wanted, at, version, null);
    }

    /** A report of the hub's own write that still has, or again has, the value before it. Versions leave no such doubt. */
    private boolean isEcho(T told, Observation.Field said) {
        return write != null
                && told.equals(write.replaced())
                && !hasVersions(said)
                && Duration.between(write.at(), said.at()).abs().compareTo(ECHO) <= 0;
    }

    private Seen<T> unchanged() {
        return new Seen<>(this, false);
    }

    private Seen<T> changed(T told, Observation.Field said) {
        return new Seen<>(new Shown<>(told, latest(said), Math.max(version, said.version()), null), true);
    }

    private Shown<T> asOf(Observation.Field said) {
        return new Shown<>(value, latest(said), Math.max(version, said.version()), write);
    }

    private boolean isSameAs(Shown<T> planned) {
        return Objects.equals(value, planned.value());
    }

    private Instant latest(Observation.Field said) {
        return said.at().isAfter(at) ? said.at() : at;
    }

    private boolean hasVersions(Observation.Field said) {
        return version >= 0 && said.version() >= 0;
    }

    private Order order(Observation.Field said) {
        if (hasVersions(said)) {
            return said.version() > version ? Order.LATER : Order.EARLIER;
        }
        if (said.at().equals(Instant.EPOCH)) {
            return Order.UNCLEAR;
        }
        if (said.at().isAfter(end(at))) {
            return Order.LATER;
        }
        return end(said.at()).isBefore(at) ? Order.EARLIER : Order.UNCLEAR;
    }

    /** A time in whole seconds stands for all of its second: one interface of a platform may tell less than another. */
    private static Instant end(Instant time) {
        return time.getNano() == 0 && !time.equals(Instant.EPOCH) ? time.plusMillis(999) : time;
    }
}
