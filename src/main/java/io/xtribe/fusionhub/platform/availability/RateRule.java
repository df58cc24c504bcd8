package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;

/**
 * How a platform limits calls, and how it says so.
 *
 * @param platform whose rule it is
 * @param atOnce how many calls this process has in flight there at most
 * @param calls how many calls of an account it allows in {@code per}; 0 when only the headers of its answers tell
 * @param per the length of a window
 * @param perEndpoint whether each endpoint has a limit of its own, so that a refusal concerns only that one
 * @param headers where answers tell what is left
 */
public record RateRule(String platform, int atOnce, long calls, Duration per, boolean perEndpoint, Headers headers) {

    /**
     * Names of response headers; empty where the vendor has none.
     *
     * @param limit calls allowed in a window
     * @param period the length of a window in seconds
     * @param remaining calls left in this window
     * @param reset when the window ends
     * @param resetIsTime whether that is a Unix time, not a number of seconds from now
     * @param name which limit the others are about
     */
    public record Headers(
            String limit, String period, String remaining, String reset, boolean resetIsTime, String name) {

        /** A vendor that tells nothing. */
        public static final Headers NONE = new Headers("", "", "", "", false, "");
    }

    /** A platform that limits nothing, as far as is known. */
    public static RateRule none(String platform, int atOnce) {
        return new RateRule(platform, atOnce, 0, Duration.ofMinutes(1), false, Headers.NONE);
    }

    /** The same rule for an account to which the vendor allows another number of calls. */
    public RateRule allowing(long otherCalls, Duration otherPer) {
        return new RateRule(platform, atOnce, otherCalls, otherPer, perEndpoint, headers);
    }
}
