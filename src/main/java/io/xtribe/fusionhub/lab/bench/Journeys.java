package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.lab.local.SandboxControl;

/** When each incident's signal was on NATS, its page was open and its last link was written, by one clock. */
final class Journeys {

    private static final int ID_LENGTH = 35;
    /** Goes to the Datadog case once everything else is linked, and is none of the links. */
    private static final String COMMENT = "comment-case";

    private final Map<String, Long> signalled = new HashMap<>();
    private final Map<String, Long> paged = new HashMap<>();
    private final Map<String, Long> linked = new HashMap<>();
    private long calls;

    /** A signal is about to be published. */
    void signalled(Alert alert) {
        signalled.put(alert.correlationId(), System.currentTimeMillis());
    }

    /** Takes in the signals of another. */
    void join(Journeys other) {
        signalled.putAll(other.signalled);
    }

    /** Reads from the sandbox what became of the signals; calls before the one with this number do not count. */
    Journeys read(SandboxControl sandbox, long after) throws IOException, InterruptedException {
        for (var call : sandbox.callsAfter(after)) {
            calls++;
            var id = incident(call);
            if (signalled.containsKey(id) && call.path("write").asBoolean()) {
                var answered = call.path("answeredAt").asLong();
                var operation = call.path("operation").asText();
                if (!operation.equals(COMMENT)) {
                    linked.merge(id, answered, Math::max);
                }
                if (operation.equals("create-incident")
                        && call.path("platform").asText().equals("pagerduty")) {
                    paged.merge(id, answered, Math::min);
                }
            }
        }
        return this;
    }

    /** Our id of the incident that a call was about; what it is called for differs by record. */
    static String incident(JsonNode call) {
        var key = call.path("key").asText("");
        return key.substring(0, Math.min(ID_LENGTH, key.length()));
    }

    int size() {
        return signalled.size();
    }

    /** All calls to the platforms. */
    long calls() {
        return calls;
    }

    Percentiles toPaged() {
        return new Percentiles(since(paged));
    }

    /** The same for some of them. */
    Percentiles toPaged(Collection<Alert> some) {
        return new Percentiles(some.stream()
                .map(Alert::correlationId)
                .filter(paged::containsKey)
                .map(id -> paged.get(id) - signalled.get(id))
                .toList());
    }

    /** Incidents linked each second, from the first signal to the last link. */
    double perSecond() {
        var began = signalled.values().stream().mapToLong(Long::longValue).min().orElseThrow();
        var ended = linked.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        return 1_000.0 * linked.size() / Math.max(1, ended - began);
    }

    Percentiles toLinked() {
        return new Percentiles(since(linked));
    }

    private List<Long> since(Map<String, Long> moments) {
        var times = new ArrayList<Long>();
        moments.forEach((id, at) -> times.add(at - signalled.get(id)));
        return times;
    }
}
