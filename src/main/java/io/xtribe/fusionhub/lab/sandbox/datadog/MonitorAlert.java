package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

/**
 * One notification of one group of a monitor.
 *
 * @param monitor its id
 * @param scope the tags of the group, with commas between; empty for a monitor without groups
 * @param transition what {@code $ALERT_TRANSITION} says
 * @param test whether it is the test of the tile
 * @param what the rest, as the control API was told
 */
record MonitorAlert(
        long monitor,
        MonitorKind kind,
        String title,
        String priority,
        String scope,
        String transition,
        String cycle,
        String event,
        Instant at,
        boolean test,
        JsonNode what) {

    /** The payload template of the hub, with its variables replaced. */
    ObjectNode body(Workshop workshop) {
        String millis = String.valueOf(at.toEpochMilli());
        String shown = shown();
        ObjectNode body = Json.object()
                .put("schema", "datadog-monitor-1")
                .put("id", event)
                .put("alert_id", String.valueOf(monitor))
                .put("alert_cycle_key", test ? "" : cycle)
                .put("aggreg_key", aggregationKey())
                .put("alert_title", shown)
                .put("event_title", eventTitle())
                .put("alert_transition", test ? "" : transition)
                .put("alert_type", alertType())
                .put("alert_priority", priority)
                .put("alert_scope", test ? "" : scope)
                .put("alert_status", title + (scope.isEmpty() ? "" : " on " + scope) + ": " + transition)
                .put("alert_query", kind.query(scope))
                .put("event_type", kind.eventType())
                .put("hostname", what.path("hostname").asText(""))
                .put("tags", what.path("tags").asText("monitor,service:" + service()))
                .put("link", workshop.url(Platform.DATADOG, "/monitors/" + monitor + "?event_id=" + event))
                .put("snapshot", "")
                .put("date", millis)
                .put("last_updated", millis);
        body.putObject("org")
                .put("id", workshop.settings().account("datadog.orgId"))
                .put("name", "Sandbox");
        body.put("body", what.path("body").asText("%%%\n" + title + "\n\n@webhook-fusion-monitor\n%%%"));
        return body;
    }

    String service() {
        return what.path("service").asText("checkout");
    }

    /** The message that the monitor has from now on; empty where it keeps its own. */
    String message() {
        return what.path("message").asText("");
    }

    private String shown() {
        return test ? "[TEST] " + title : title;
    }

    String eventTitle() {
        return "[" + transition + (scope.isEmpty() ? "" : " on {" + scope + "}") + "] " + shown();
    }

    String aggregationKey() {
        return String.format("%032x", (monitor + "/" + scope).hashCode() & 0xffffffffL);
    }

    /** The tags of the group, one each. */
    List<String> groups() {
        return Arrays.stream(scope.split(","))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }

    /** What the event of it calls the transition. */
    String transitionType() {
        return switch (transition) {
            case "Recovered" -> "alert recovery";
            case "Warn", "Re-Warn" -> "warning";
            case "No Data", "Re-No Data" -> "no data";
            case "Renotify" -> "renotify";
            default -> "alert";
        };
    }

    String alertType() {
        return switch (transition) {
            case "Recovered" -> "success";
            case "Warn", "Re-Warn" -> "warning";
            default -> "error";
        };
    }

    /** What the state of the monitor is called afterwards. */
    String state() {
        return switch (transition) {
            case "Recovered" -> "OK";
            case "Warn", "Re-Warn" -> "Warn";
            case "No Data", "Re-No Data" -> "No Data";
            default -> "Alert";
        };
    }
}
