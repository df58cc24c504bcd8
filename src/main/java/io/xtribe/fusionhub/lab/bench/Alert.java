package io.xtribe.fusionhub.lab.bench;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.signal.CloudEvent;

/**
 * A monitor alert as Datadog's webhook template sends it (README, "Point the platforms at the hub").
 *
 * @param cycle the alert's own key
 */
record Alert(String cycle, String priority, String transition, String title) {

    private static final String ORGANISATION = "org-1";

    static Alert triggered(String cycle, String priority) {
        return new Alert(cycle, priority, "Triggered", "checkout latency above 2 s, " + cycle);
    }

    /** The id that the hub gives its incident. */
    String correlationId() {
        return CorrelationId.derive("datadog", ORGANISATION, cycle);
    }

    /** In its envelope, as it goes to NATS. */
    byte[] event() {
        var now = Instant.now();
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("schema", "datadog-monitor-1")
                .put("id", cycle)
                .put("alert_id", "90001")
                .put("alert_cycle_key", cycle)
                .put("aggreg_key", "monitor-90001")
                .put("alert_scope", "service:checkout,env:prod,host:" + cycle)
                .put("alert_transition", transition)
                .put("alert_priority", priority)
                .put("alert_title", title)
                .put("event_title", "[" + transition + "] " + title)
                .put("body", "p95 of checkout is above 2 s for 5 minutes. https://wiki.example/checkout @oncall")
                .put("tags", "service:checkout,env:prod,team:shop")
                .put("link", "https://app.datadoghq.example/monitors/90001")
                .put("last_updated", Long.toString(now.toEpochMilli()))
                .put("date", Long.toString(now.toEpochMilli()));
        data.putObject("org").put("id", ORGANISATION).put("name", "Acme");
        return new CloudEvent("datadog:" + cycle + transition, "datadog", "datadog.alert", now, RoutingHints.NONE, data)
                .toBytes();
    }
}
