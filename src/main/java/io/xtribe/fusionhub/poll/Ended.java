package io.xtribe.fusionhub.poll;

import java.time.Duration;
import java.time.Instant;

/**
 * Which records of incidents that are over a round of a poll looks at. In the first time after the end each round does. Later a
 * record is looked at again whenever its time since then has doubled: after 4, 8, 16 minutes, an hour, a day. What somebody changes
 * there, and no webhook tells, is then found within as long again as it had been over, and a hub with a hundred thousand old
 * incidents reads a handful of them in a round.
 *
 * @param recent so long after its end each round looks at it; positive
 * @param before when the last round that came to its end began; null when there was none, or it did not say
 * @param now when this round began
 */
record Ended(Duration recent, Instant before, Instant now) {

    /** @param over when the incident was resolved, or changed for the last time after that */
    boolean areLookedAt(Instant over) {
        var looks = looks(over, now);
        return looks == 0 || before != null && looks > looks(over, before);
    }

    /** How many times its age had doubled; 0 while it had just ended. */
    private int looks(Instant over, Instant at) {
        var times = Duration.between(over, at).toMillis() / recent.toMillis();
        return times < 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(times);
    }
}
