package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether what fails tells something of the platform, or only of one incident's text, which a filter may answer with what looks like
 * an outage: docs/adr/0036. {@link PlatformAvailability} asks it under its lock.
 */
final class FailureEvidence {

    /** So many failures of one incident in the window of the breaker count. */
    private static final int MOST_FAILURES = 2;
    /** Within that time one incident makes the others wait once. */
    private static final Duration HOLDS_ONCE_IN = Duration.ofHours(1);
    /** So often within that time, the platform's probe closes the breaker; then what fails is more than a few texts. */
    private static final int MOST_CONTRADICTED = 2;

    private static final Duration CONTRADICTED_IN = Duration.ofMinutes(10);
    private static final String PROBE = "probe";

    private final FailedIncidents failed;
    private final FailedIncidents held;
    private final FailedIncidents contradicted;
    private final ThrottledIncidents throttled;
    /** Whether the probe is to be asked, and whether it is asked, if what fails is the platform. */
    private boolean isToBeAsked;

    private boolean isAsked;

    FailureEvidence(LongSupplier nanoTime) {
        this.failed = new FailedIncidents(MOST_FAILURES, Breaker.WINDOW, nanoTime);
        this.held = new FailedIncidents(1, HOLDS_ONCE_IN, nanoTime);
        this.contradicted = new FailedIncidents(MOST_CONTRADICTED, CONTRADICTED_IN, nanoTime);
        this.throttled = new ThrottledIncidents(nanoTime);
    }

    /** Whether a call of that incident that failed counts against the platform. */
    boolean failed(String incidentId) {
        return failed.counts(incidentId);
    }

    /** Whether a wait that was asked for in answer to that incident is everybody's. */
    boolean held(String incidentId) {
        return held.counts(incidentId);
    }

    /** Whether that endpoint takes too many calls, as it has told that incident. */
    boolean throttled(String endpoint, String incidentId) {
        return throttled.tell(endpoint, incidentId);
    }

    /** So much has failed that the platform is left alone. */
    void leftAlone() {
        isToBeAsked = contradicted.counts(PROBE);
    }

    /** Whether the caller is to ask the platform's probe; true for one of them. */
    boolean asksProbe() {
        var asks = isToBeAsked;
        isToBeAsked = false;
        isAsked |= asks;
        return asks;
    }

    /** The probe was answered. Returns whether that tells that not the platform has failed; what has failed counts no more then. */
    boolean isContradicted(boolean isLeftAlone) {
        var isContradicted = isAsked && isLeftAlone;
        isAsked = false;
        if (isContradicted) {
            failed.excuse();
        }
        return isContradicted;
    }
}
