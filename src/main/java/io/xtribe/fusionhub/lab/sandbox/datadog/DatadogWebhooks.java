package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

/** Fills the two webhook templates of platforms/datadog.md 9.2, as the tile and the notification rule would. */
final class DatadogWebhooks {
    private final Workshop workshop;

    DatadogWebhooks(Workshop workshop) {
        this.workshop = workshop;
    }

    void incident(Incidents.Incident incident) {
        ObjectNode body = Json.object().put("schema", "datadog-incident-1");
        ObjectNode shown = body.putObject("incident")
                .put("uuid", incident.id())
                .put("public_id", incident.text("public_id"))
                .put("title", incident.text("title"))
                .put("severity", incident.text("severity"))
                .put("status", incident.text("state"))
                .put("url", workshop.url(Platform.DATADOG, "/incidents/" + incident.text("public_id")));
        ObjectNode fields = shown.putObject("fields");
        incident.attributes()
                .path("fields")
                .properties()
                .forEach(field -> fields.set(field.getKey(), field.getValue().path("value")));
        body.put("date", String.valueOf(System.currentTimeMillis()));
        body.putObject("org")
                .put("id", workshop.settings().account("datadog.orgId"))
                .put("name", "Sandbox");
        send("incident", body);
    }

    void send(String event, ObjectNode body) {
        workshop.webhooks()
                .send(
                        Platform.DATADOG,
                        Identifiers.uuid(),
                        event,
                        workshop.settings().webhookUrl(Platform.DATADOG),
                        Json.bytes(body),
                        "",
                        () -> Map.of("X-Fusion-Token", workshop.settings().secret(Platform.DATADOG)));
    }
}
