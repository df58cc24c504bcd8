package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often calls for one incident have failed of late. One whose text a filter answers with what looks like an outage or a limit fails
 * again and again: beyond a number of times in a window that says nothing of the platform, on which the other incidents depend.
 */
final class FailedIncidents {

    /** With more than that in a window it is an outage, whichever incident each failure belongs to. */
    private static final int KNOWN = 1_000;

    private final int most;
    private final long window;
    private final LongSupplier nanoTime;
    private final Map<String, Failures> known = new LinkedHashMap<>();

    private record Failures(long since, int count) {}

    /** @param most so many failures of one incident in a window say something of the platform */
    FailedIncidents(int most, Duration window, LongSupplier nanoTime) {
        this.most = most;
        this.window = window.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Takes a failure in.
     *
     * @param incidentId empty where the call was for no incident
     * @return whether it says something of the platform
     */
    boolean counts(String incidentId) {
        if (incidentId.isEmpty()) {
            return true;
        }
        var now = nanoTime.getAsLong();
        known.values().removeIf(failures -> now - failures.since > window);
        var before = known.get(incidentId);
        if (before == null && known.size() >= KNOWN) {
            return true;
        }
        var count = before == null ? 1 : before.count + 1;
        known.put(incidentId, new Failures(before == null ? now : before.since, count));
        return count <= most;
    }

    /** What is known to have failed counts no more in its window: it says nothing of the platform. */
    void excuse() {
        known.replaceAll((incidentId, failures) -> new Failures(failures.since, Math.max(failures.count, most)));
    }
}
