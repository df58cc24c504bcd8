package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.Signatures;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

/** The Business Rule that reports every insert and update to the hub, with the body of platforms/servicenow.md 11. */
final class BusinessRule {
    private static final List<String> PLAIN = List.of(
            "short_description",
            "description",
            "correlation_id",
            "correlation_display",
            "close_code",
            "close_notes",
            "hold_reason",
            "sys_mod_count",
            "sys_created_by",
            "sys_created_on",
            "sys_updated_on");

    private final Workshop workshop;
    private final Directory directory;
    private final Supplier<String> instance;

    BusinessRule(Workshop workshop, Directory directory) {
        this(workshop, directory, () -> workshop.settings().account("servicenow.instance"));
    }

    private BusinessRule(Workshop workshop, Directory directory, Supplier<String> instance) {
        this.workshop = workshop;
        this.directory = directory;
        this.instance = instance;
    }

    /** The same rule on another instance. */
    BusinessRule on(String otherInstance) {
        return new BusinessRule(workshop, directory, () -> otherInstance);
    }

    void inserted(Map<String, String> row, String user, JsonNode wanted) {
        send("incident.created", Map.of(), row, Set.of(), user, wanted);
    }

    void updated(
            Map<String, String> before, Map<String, String> row, Set<String> changed, String user, JsonNode wanted) {
        send("incident.updated", before, row, changed, user, wanted);
    }

    private void send(
            String event,
            Map<String, String> before,
            Map<String, String> row,
            Set<String> changed,
            String user,
            JsonNode wanted) {
        boolean hub = user.equals(workshop.settings().credential("servicenow.username"));
        if (hub && workshop.settings().feature("servicenow.ruleSkipsHubUser")) {
            return;
        }
        String id = Identifiers.hex();
        ObjectNode body = Json.object()
                .put("schema", "servicenow-incident-1")
                .put("event_id", id)
                .put("event_type", event)
                .put(
                        "occurred_at",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("instance", instance.get())
                .put("updated_by", user);
        body.set("changed", Json.array(changed));
        body.set("incident", incident(before, row));
        ArrayNode journal = body.putArray("journal");
        for (String element : IncidentColumns.JOURNALS) {
            String text = wanted.path(element).asText("");
            if (!text.isEmpty()) {
                journal.addObject().put("element", element).put("value", text).put("created_by", user);
            }
        }
        byte[] bytes = Json.bytes(body);
        workshop.webhooks()
                .send(
                        Platform.SERVICENOW,
                        id,
                        event,
                        workshop.settings().webhookUrl(Platform.SERVICENOW),
                        bytes,
                        "",
                        () -> headers(bytes));
    }

    private ObjectNode incident(Map<String, String> before, Map<String, String> row) {
        ObjectNode incident = Json.object()
                .put("sys_id", row.get("sys_id"))
                .put("number", row.get("number"))
                .put("state", row.get("state"))
                .put("previous_state", before.getOrDefault("state", ""))
                .put("impact", row.get("impact"))
                .put("urgency", row.get("urgency"))
                .put("priority", row.get("priority"))
                .put("previous_priority", before.getOrDefault("priority", ""));
        PLAIN.forEach(column -> incident.put(column, row.get(column)));
        for (String reference : List.of("caller_id", "assignment_group", "business_service", "cmdb_ci")) {
            String value = row.get(reference);
            incident.putObject(reference)
                    .put("value", value)
                    .put("display_value", value.isEmpty() ? "" : directory.nameOf(value));
        }
        return incident;
    }

    private Map<String, String> headers(byte[] body) {
        String secret = workshop.settings().secret(Platform.SERVICENOW);
        if (!workshop.settings().feature("servicenow.signWebhooks")) {
            return Map.of("X-Fusion-Token", secret);
        }
        long now = Instant.now().getEpochSecond();
        return Map.of(
                "X-Fusion-Timestamp",
                String.valueOf(now),
                "X-Fusion-Signature",
                Signatures.serviceNow(secret, now, body));
    }
}
