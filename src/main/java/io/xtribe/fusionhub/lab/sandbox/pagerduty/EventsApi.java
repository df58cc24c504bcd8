package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

import static io.vertx.core.http.HttpMethod.POST;

/**
 * The Events API, version 2, which needs no token but the key of an integration:
 * https://developer.pagerduty.com/docs/send-alert-event. Here it makes alerts, and no incidents of them.
 */
final class EventsApi {
    private static final Set<String> ACTIONS = Set.of("trigger", "acknowledge", "resolve");
    private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");
    private static final int LONGEST_SUMMARY = 1024;
    private static final int LONGEST_KEY = 255;

    private final Workshop workshop;
    private final Map<String, ObjectNode> alerts = new LinkedHashMap<>();

    EventsApi(Workshop workshop) {
        this.workshop = workshop;
    }

    void operations(Operations operations) {
        operations.open(POST, "/v2/enqueue", "enqueue", this::enqueue);
    }

    private Answer enqueue(Exchange call) {
        ObjectNode event = call.body();
        List<String> errors = problems(event);
        if (!errors.isEmpty()) {
            ObjectNode refusal = Json.object().put("status", "invalid event").put("message", "Event object is invalid");
            errors.forEach(refusal.putArray("errors")::add);
            return Answer.of(400, refusal);
        }
        String key = event.path("dedup_key").asText(Identifiers.hex());
        take(event, key);
        call.committed();
        return Answer.of(
                202,
                Json.object()
                        .put("status", "success")
                        .put("message", "Event processed")
                        .put("dedup_key", key));
    }

    private List<String> problems(ObjectNode event) {
        List<String> errors = new ArrayList<>();
        JsonNode payload = event.path("payload");
        if (!workshop.settings()
                .credential("pagerduty.routingKey")
                .equals(event.path("routing_key").asText())) {
            errors.add("'routing_key' is invalid");
        }
        if (!ACTIONS.contains(event.path("event_action").asText())) {
            errors.add("'event_action' is invalid");
        }
        if (event.path("dedup_key").asText().length() > LONGEST_KEY) {
            errors.add("'dedup_key' is too long");
        }
        if (event.path("event_action").asText().equals("trigger")) {
            String summary = payload.path("summary").asText();
            if (summary.isEmpty() || summary.length() > LONGEST_SUMMARY) {
                errors.add("'payload.summary' is missing or too long");
            }
            if (payload.path("source").asText().isEmpty()) {
                errors.add("'payload.source' is missing or blank");
            }
            if (!SEVERITIES.contains(payload.path("severity").asText())) {
                errors.add("'payload.severity' is invalid");
            }
        }
        return errors;
    }

    private void take(ObjectNode event, String key) {
        if (event.path("event_action").asText().equals("trigger")) {
            ObjectNode alert = alerts.computeIfAbsent(
                    key, any -> Json.object().put("kind", "alert").put("id", key));
            alert.put("status", "triggered").put("events", alert.path("events").asInt() + 1);
            alert.set("payload", event.path("payload"));
            alert.set("links", event.path("links"));
        } else if (alerts.containsKey(key)) {
            alerts.get(key)
                    .put("status", event.path("event_action").asText().equals("resolve") ? "resolved" : "acknowledged");
        }
    }

    void addTo(ArrayNode records) {
        alerts.values().forEach(records::add);
    }

    void clear() {
        alerts.clear();
    }
}
