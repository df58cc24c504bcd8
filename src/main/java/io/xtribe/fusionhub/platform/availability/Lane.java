package io.xtribe.fusionhub.platform.availability;

import java.util.Locale;

/**
 * In which order steps get their permits while a platform's rate limit is short, the most urgent first. Each lane leaves a
 * part of the limit to the lanes before it, so that a page never finds the limit used up by links or by batch work.
 */
public enum Lane {
    /** Opening a P1, or looking for what an earlier create of it left. */
    OPEN_P1(0),
    /** The same for any other incident. */
    OPEN(0.2),
    /** Status and priority. */
    STATUS(0.25),
    /** Comments, links, and the search for second records. */
    LINKS(0.3),
    /** Polls and jobs. */
    BATCH(0.5);

    private final double reserve;

    Lane(double reserve) {
        this.reserve = reserve;
    }

    /** How many of that many calls this lane leaves to more urgent ones. */
    long reserveOf(long calls) {
        return (long) Math.ceil(reserve * calls);
    }

    /** Whether a page may wait for it. */
    boolean isOpening() {
        return compareTo(OPEN) <= 0;
    }

    /** For metrics and the API, for example {@code open-p1}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
