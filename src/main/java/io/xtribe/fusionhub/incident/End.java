package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;

import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalEnd;

/**
 * The end of something that no incident knew: its beginning may come late, or once more.
 *
 * @param at when it ended, by the platform's clock
 * @param timed whether the platform said when; if not, it is when the end was received
 * @param version the platform's count of changes, or -1 where it has none
 * @param makes what it makes of the incident that began with it
 */
public record End(Instant at, boolean timed, long version, SignalEnd makes) {

    /** What was stored without the last member is over everywhere. */
    public End {
        makes = makes == null ? SignalEnd.RESOLVE : makes;
    }

    public End(Instant at, boolean timed, long version) {
        this(at, timed, version, SignalEnd.RESOLVE);
    }

    /** What a beginning is to an end. */
    public enum Beginning {
        /** It is over: the end is that of this beginning. */
        BEFORE,
        /** It began anew. */
        AFTER,
        /** Only its platform can tell. */
        UNCLEAR
    }

    /** Times that are closer than this tell no order: platforms round them. */
    private static final Duration TOO_CLOSE = Duration.ofSeconds(2);

    /** The end that a signal tells. */
    public static End of(Signal signal) {
        return new End(signal.occurredAt(), signal.timed(), signal.version(), signal.end());
    }

    /** The same, at this time at the earliest. */
    public End notBefore(Instant earliest) {
        return at.isBefore(earliest) ? new End(earliest, timed, version, makes) : this;
    }

    /** How a first sign stands to this end. */
    public Beginning beginning(Signal firstSign) {
        return judge(firstSign.occurredAt(), firstSign.timed(), firstSign.version());
    }

    /** Whether this end says more than another of the same thing. */
    public boolean replaces(End other) {
        return switch (other.judge(at, timed, version)) {
            case BEFORE -> false;
            case AFTER -> true;
            case UNCLEAR -> at.isAfter(other.at);
        };
    }

    private Beginning judge(Instant otherAt, boolean otherTimed, long otherVersion) {
        if (version >= 0 && otherVersion >= 0 && version != otherVersion) {
            return otherVersion < version ? Beginning.BEFORE : Beginning.AFTER;
        }
        if (!timed || !otherTimed || Duration.between(otherAt, at).abs().compareTo(TOO_CLOSE) <= 0) {
            return Beginning.UNCLEAR;
        }
        return otherAt.isBefore(at) ? Beginning.BEFORE : Beginning.AFTER;
    }
}
