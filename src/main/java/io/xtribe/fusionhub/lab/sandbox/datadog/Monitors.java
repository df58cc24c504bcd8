package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

/** The monitors. One exists once it has been triggered through the control API; each alert sends its webhook. */
final class Monitors {
    private static final Set<String> TRANSITIONS =
            Set.of("Triggered", "Re-Triggered", "No Data", "Re-No Data", "Warn", "Re-Warn", "Renotify", "Recovered");
    /** Ids of this series carry their minting time: (id >> 24) + this, in epoch milliseconds. */
    private static final long SERIES_EPOCH_MS = 1_264_262_866_000L;

    private static final int SERIES_SHIFT = 24;

    private final Workshop workshop;
    private final DatadogWebhooks webhooks;
    private final Map<Long, ObjectNode> byId = new LinkedHashMap<>();
    /** The running cycle of a monitor's group. */
    private final Map<String, String> cycles = new LinkedHashMap<>();

    private long count;
    private long minted;

    Monitors(Workshop workshop, DatadogWebhooks webhooks) {
        this.workshop = workshop;
        this.webhooks = webhooks;
    }

    void reset() {
        byId.clear();
        cycles.clear();
        count = 0;
    }

    /** Null when no monitor of that id was ever triggered. */
    ObjectNode find(long id) {
        return byId.get(id);
    }

    Map<Long, ObjectNode> all() {
        return byId;
    }

    /** One notification of one monitor group; returns its ids. */
    JsonNode alert(JsonNode what) {
        String transition = what.path("transition").asText("Triggered");
        if (!TRANSITIONS.contains(transition)) {
            throw new IllegalArgumentException("transition: one of " + TRANSITIONS);
        }
        String title = what.path("title").asText("checkout latency above 2 s");
        String priority = what.path("priority").asText("");
        long id = what.path("monitor").asLong(0);
        id = id == 0 ? 90_000 + ++count : id;
        String scope =
                what.path("scope").asText("service:" + what.path("service").asText("checkout"));
        Instant at = Instant.now().minusSeconds(60L * what.path("minutesAgo").asLong(0));
        String eventId = mint(at);
        String pair = id + "/" + scope;
        boolean recovered = transition.equals("Recovered");
        String cycle = what.path("cycle").asText(cycles.getOrDefault(pair, eventId));
        boolean test = what.path("test").asBoolean(false);
        if (!test) {
            remember(id, title, priority, scope, transition, at, what);
            cycles.put(pair, cycle);
            if (recovered) {
                cycles.remove(pair);
            }
        }
        webhooks.send(
                "alert " + transition, body(id, title, priority, scope, transition, cycle, eventId, at, test, what));
        return Json.object()
                .put("monitor", id)
                .put("cycle", cycle)
                .put("event", eventId)
                .put("scope", scope);
    }

    private String mint(Instant at) {
        minted = (minted + 1) & ((1L << SERIES_SHIFT) - 1);
        return String.valueOf(((at.toEpochMilli() - SERIES_EPOCH_MS) << SERIES_SHIFT) | minted);
    }

    private void remember(
            long id, String title, String priority, String scope, String transition, Instant at, JsonNode what) {
        String state = state(transition);
        String now = at.toString();
        ObjectNode monitor = byId.computeIfAbsent(id, any -> {
            ObjectNode made = Json.object()
                    .put("id", id)
                    .put("name", title)
                    .put("type", "query alert")
                    .put("query", "avg(last_5m):p95:trace.http.request{" + scope + "} > 2")
                    .put("message", "@webhook-fusion-hub")
                    .put("multi", true)
                    .put("created", now)
                    .putNull("deleted");
            made.set(
                    "creator",
                    Json.literal("{\"name\":\"Jane Doe\",\"handle\":\"jane.doe@sandbox.example\","
                            + "\"email\":\"jane.doe@sandbox.example\"}"));
            made.putObject("options");
            made.putArray("tags").add("service:" + what.path("service").asText("checkout"));
            made.putObject("state").putObject("groups");
            return made;
        });
        monitor.put("overall_state", state).put("overall_state_modified", now).put("modified", now);
        if (priority.matches("P[1-5]")) {
            monitor.put("priority", priority.charAt(1) - '0');
        } else if (!monitor.has("priority")) {
            monitor.putNull("priority");
        }
        long seconds = at.getEpochSecond();
        ObjectNode group =
                monitor.withObjectProperty("state").withObjectProperty("groups").withObjectProperty(scope);
        group.put("name", scope).put("status", state).put("last_notified_ts", seconds);
        group.put(state.equals("OK") ? "last_resolved_ts" : "last_triggered_ts", seconds);
    }

    private static String state(String transition) {
        return switch (transition) {
            case "Recovered" -> "OK";
            case "Warn", "Re-Warn" -> "Warn";
            case "No Data", "Re-No Data" -> "No Data";
            default -> "Alert";
        };
    }

    private ObjectNode body(
            long id,
            String title,
            String priority,
            String scope,
            String transition,
            String cycle,
            String eventId,
            Instant at,
            boolean test,
            JsonNode what) {
        String millis = String.valueOf(at.toEpochMilli());
        String service = what.path("service").asText("checkout");
        String shown = test ? "[TEST] " + title : title;
        ObjectNode body = Json.object()
                .put("schema", "datadog-monitor-1")
                .put("id", eventId)
                .put("alert_id", String.valueOf(id))
                .put("alert_cycle_key", test ? "" : cycle)
                .put("aggreg_key", String.format("%032x", (id + "/" + scope).hashCode() & 0xffffffffL))
                .put("alert_title", shown)
                .put("event_title", "[" + transition + " on {" + scope + "}] " + shown)
                .put("alert_transition", test ? "" : transition)
                .put("alert_type", alertType(transition))
                .put("alert_priority", priority)
                .put("alert_scope", test ? "" : scope)
                .put("alert_status", title + " on " + scope + ": " + transition)
                .put("alert_query", "avg(last_5m):p95:trace.http.request{" + scope + "} > 2")
                .put("event_type", "query_alert_monitor")
                .put("hostname", what.path("hostname").asText(""))
                .put("tags", what.path("tags").asText("monitor,service:" + service))
                .put("link", workshop.url(Platform.DATADOG, "/monitors/" + id + "?event_id=" + eventId))
                .put("snapshot", "")
                .put("date", millis)
                .put("last_updated", millis);
        body.putObject("org").put("id", "1200000001").put("name", "Sandbox");
        body.put("body", what.path("body").asText("%%%\n" + title + "\n\n@webhook-fusion-hub\n%%%"));
        return body;
    }

    private static String alertType(String transition) {
        return switch (transition) {
            case "Recovered" -> "success";
            case "Warn", "Re-Warn" -> "warning";
            default -> "error";
        };
    }
}
