package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.time.Instant;

import io.xtribe.fusionhub.job.Finding.State;

/** Other clocks against that of this host. */
final class Clocks {

    static final String KIND = "clock";

    /**
     * How far two clocks may differ. More than that, and the order of two people's changes on two platforms is told wrongly, since {@code
     * fusion.conflict-window} is as long; signed webhooks and fresh triggers only suffer from minutes.
     */
    static final Duration TOLERANCE = Duration.ofSeconds(5);

    private Clocks() {}

    /**
     * What follows from a time of another clock that was read between two moments of ours.
     *
     * @param where whose clock it is
     * @param unit its smallest step: the time stands for all of that
     */
    static Finding compared(String where, Instant before, Instant theirs, Duration unit, Instant after) {
        var ahead = atLeastAhead(before, theirs, unit, after);
        if (ahead.abs().compareTo(TOLERANCE) <= 0) {
            return Finding.of(State.OK, where, KIND, "its clock and that of this host agree", "");
        }
        return Finding.of(
                State.LEFT,
                where,
                KIND,
                "its clock is at least " + words(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead of")
                        + " that of this host",
                "let NTP set the clock of this host, if several clocks differ from it; else see to that one");
    }

    /** How far the other clock is ahead at least; negative when it is behind. */
    static Duration atLeastAhead(Instant before, Instant theirs, Duration unit, Instant after) {
        if (theirs.isAfter(after)) {
            return Duration.between(after, theirs);
        }
        var end = theirs.plus(unit);
        return end.isBefore(before) ? Duration.between(before, end) : Duration.ZERO;
    }

    private static String words(Duration length) {
        var minutes = length.toMinutes();
        return (minutes == 0 ? "" : minutes + " min ") + length.toSecondsPart() + " s";
    }
}
