package io.xtribe.fusionhub.work;

import java.time.Duration;

/**
 * The right to work on an incident.
 *
 * @param id the incident
 * @param entry the work entry as stored
 * @param revision its revision
 * @param takenAt {@code System.nanoTime()} just before it was stored
 */
public record Lease(String id, WorkEntry entry, long revision, long takenAt) {

    /** How long the right lasts at least; negative when another hub may have it by now. */
    public Duration left() {
        return Duration.ofMillis(entry.leaseMillis()).minusNanos(System.nanoTime() - takenAt);
    }
}
