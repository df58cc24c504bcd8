package io.xtribe.fusionhub.incident;

import java.time.Instant;

/**
 * What a platform was last known to show, and as of which of its own versions.
 *
 * @param status the status it shows
 * @param priority the priority it shows, or null when it shows none
 * @param at when, by the platform's clock
 * @param version the platform's count of changes, or -1 where it has none
 */
public record Known(Status status, Priority priority, Instant at, long version) {

    /** Whether a report with this time and version tells something later; times of two platforms never meet here. */
    boolean isOlderThan(Instant reportAt, long reportVersion) {
        if (version >= 0 && reportVersion >= 0) {
            return reportVersion > version;
        }
        return reportAt.isAfter(at);
    }
}
