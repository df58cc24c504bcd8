package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.time.Instant;

/**
 * How one incident went.
 *
 * @param pagedAt when its page stood; null where it does not
 * @param linkedAt when all records showed each other; null where they do not
 * @param resolvedAt when it was over last; null while it stands, and where that is not kept any more
 */
record IncidentTimes(
        String id,
        String title,
        String priority,
        String origin,
        String status,
        Instant receivedAt,
        Instant pagedAt,
        Instant linkedAt,
        Instant resolvedAt) {

    Duration toPaged() {
        return since(pagedAt);
    }

    Duration toLinked() {
        return since(linkedAt);
    }

    Duration toResolved() {
        return since(resolvedAt);
    }

    /** Null where it has not happened. */
    private Duration since(Instant moment) {
        return moment == null ? null : Duration.between(receivedAt, moment);
    }
}
