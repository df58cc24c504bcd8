package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Json;

/**
 * The events that monitors write, in the shape of platforms/datadog.md 12.2: what is wanted is in the inner attributes, and most
 * of it in no document of the API.
 */
final class MonitorEvents {

    /**
     * One event.
     *
     * @param at when its monitor was evaluated
     * @param writtenAt when it can be found, by the sandbox's clock in epoch milliseconds
     * @param resource as it is shown
     */
    record Event(Instant at, long writtenAt, ObjectNode resource) {}

    private final List<Event> all = new ArrayList<>();

    List<Event> all() {
        return all;
    }

    void clear() {
        all.clear();
    }

    void add(MonitorAlert alert) {
        ObjectNode resource = Json.object().put("id", "AwAAA" + alert.event()).put("type", "event");
        ObjectNode outer = resource.putObject("attributes");
        outer.put("timestamp", alert.at().toString());
        ArrayNode tags =
                outer.putArray("tags").add("monitor").add("source:alert").add("service:" + alert.service());
        outer.put("message", "%%%\n" + alert.title() + "\n%%%");
        ObjectNode inner = outer.putObject("attributes")
                .put("aggregation_key", alert.aggregationKey())
                .put("status", alert.alertType())
                .put("priority", "normal")
                .put("title", alert.eventTitle())
                .put("timestamp", alert.at().toEpochMilli())
                .put("sourcecategory", "monitor_alert")
                .put("monitor_id", alert.monitor());
        inner.putObject("evt")
                .put("id", alert.event())
                .put("type", alert.kind().eventType())
                .put("source_id", 36)
                .put("integration_id", "monitor-alert-event");
        ArrayNode groups = inner.putArray("monitor_groups");
        alert.groups().forEach(groups::add);
        ObjectNode monitor = inner.putObject("monitor")
                .put("id", alert.monitor())
                .put("name", alert.title())
                .put("type", alert.kind().type())
                .put(
                        "priority",
                        alert.priority().matches("P[1-5]") ? alert.priority().charAt(1) - '0' : 0)
                .put("message", "@webhook-fusion-monitor")
                .put("query", alert.kind().query(alert.scope()))
                .put("alert_cycle_key_txt", alert.cycle());
        monitor.set("groups", groups.deepCopy());
        monitor.set("tags", tags.deepCopy());
        monitor.putObject("transition")
                .put("destination_state", alert.state())
                .put("transition_type", alert.transitionType());
        monitor.putObject("result")
                .put("alert_url", "/monitors/" + alert.monitor() + "?event_id=" + alert.event())
                .put("result_ts", alert.at().getEpochSecond());
        all.add(new Event(alert.at(), System.currentTimeMillis(), resource));
    }
}
