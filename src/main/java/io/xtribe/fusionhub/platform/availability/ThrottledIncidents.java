package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which incidents were told of late that there are too many calls. A vendor that means the account, or an endpoint, tells that to whoever
 * calls; a filter that takes one text for an attack tells it to that text's incident only, each time it is tried.
 */
final class ThrottledIncidents {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final Map<String, Told> byEndpoint = new HashMap<>();
    private final FailedIncidents often;

    private record Told(String incidentId, long at) {}

    ThrottledIncidents(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        often = new FailedIncidents(1, WINDOW, nanoTime);
    }

    /**
     * Takes in that a call was one too many.
     *
     * @param incidentId empty where the call was for no incident
     * @return whether it says something of the endpoint: another incident was told so within a minute, and this one counts for the first
     *     time in that
     */
    boolean tell(String endpoint, String incidentId) {
        if (incidentId.isEmpty()) {
            return true;
        }
        var now = nanoTime.getAsLong();
        var before = byEndpoint.put(endpoint, new Told(incidentId, now));
        return before != null
                && !before.incidentId.equals(incidentId)
                && now - before.at <= WINDOW.toNanos()
                && often.counts(incidentId);
    }
}
