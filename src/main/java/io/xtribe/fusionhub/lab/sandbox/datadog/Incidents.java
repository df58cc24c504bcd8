package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Settings;

/** Datadog's incidents. Any state may follow any other; every change is passed to the notification rule. */
final class Incidents extends Resources<Incidents.Incident> {
    private static final Set<String> STATES = Set.of("active", "stable", "resolved");
    private static final Set<String> SEVERITIES =
            Set.of("UNKNOWN", "SEV-0", "SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5");
    private static final Set<String> LISTS = Set.of("multiselect", "textarray", "metrictag", "autocomplete");
    /** Field to type of the fields that every incident type has. */
    private static final Map<String, String> FIELDS = Map.of(
            "severity", "dropdown",
            "state", "dropdown",
            "detection_method", "dropdown",
            "root_cause", "textbox",
            "summary", "textbox",
            "services", "autocomplete",
            "teams", "autocomplete");

    private static final String FUSION_ID = "fusion_id";
    static final String DEFAULT_TYPE = "41d2e10b-4108-4736-92d7-791d00ea0702";

    /** An incident: the resource as the API shows it, its attachments and its timeline. */
    record Incident(ObjectNode resource, Map<String, ObjectNode> attachments, List<ObjectNode> timeline)
            implements Resource {
        JsonNode field(String name) {
            return attributes().path("fields").path(name).path("value");
        }

        String fusionId() {
            return field(FUSION_ID).path(0).asText(null);
        }
    }

    private final Settings settings;
    private final DatadogWebhooks webhooks;

    Incidents(Settings settings, DatadogWebhooks webhooks) {
        super(settings);
        this.settings = settings;
        this.webhooks = webhooks;
    }

    boolean exists(String id) {
        return byId(id) != null;
    }

    Incident find(String id) {
        Incident found = byId(id);
        if (found == null) {
            throw DatadogErrors.text(404, "Incident not found");
        }
        return found;
    }

    Incident byPublicId(String publicId) {
        return all().stream()
                .filter(incident -> incident.text("public_id").equals(publicId))
                .findFirst()
                .orElse(null);
    }

    Incident create(JsonNode data, DatadogUser user) {
        requireType(data);
        JsonNode wanted = data.path("attributes");
        if (wanted.path("title").asText("").isBlank()) {
            throw DatadogErrors.text(400, "title is required");
        }
        if (!wanted.path("customer_impacted").isBoolean()) {
            throw DatadogErrors.text(400, "customer_impacted is required");
        }
        if (wanted.path("customer_impacted").asBoolean()
                && wanted.path("customer_impact_scope").asText("").isBlank()) {
            throw DatadogErrors.text(400, "customer_impact_scope is required when customer_impacted is true");
        }
        check(wanted.path("fields"));
        Incident made = new Incident(resource(wanted, data, user), new LinkedHashMap<>(), new ArrayList<>());
        wanted.path("initial_cells")
                .forEach(cell -> addToTimeline(
                        made,
                        cell.path("content").path("content").asText(),
                        cell.path("important").asBoolean()));
        add(made);
        webhooks.incident(made);
        return made;
    }

    private ObjectNode resource(JsonNode wanted, JsonNode data, DatadogUser user) {
        int number = nextNumber();
        String now = DatadogTime.ofIncident();
        ObjectNode resource = Json.object().put("id", Identifiers.uuid()).put("type", "incidents");
        ObjectNode attributes = resource.putObject("attributes");
        attributes
                .put("public_id", number)
                .put("title", wanted.path("title").asText())
                .put("created", now)
                .put("modified", now)
                .put("declared", now)
                .put("detected", now)
                .putNull("resolved")
                .putNull("archived")
                .putNull("case_id")
                .putNull("creation_idempotency_key")
                .put("customer_impacted", wanted.path("customer_impacted").asBoolean())
                .put(
                        "customer_impact_scope",
                        wanted.path("customer_impact_scope").asText(null))
                .putNull("customer_impact_start")
                .putNull("customer_impact_end")
                .put("customer_impact_duration", 0)
                .put("incident_type_uuid", wanted.path("incident_type_uuid").asText(DEFAULT_TYPE))
                .put("is_test", wanted.path("is_test").asBoolean(false))
                .put("time_to_detect", 0)
                .put("time_to_internal_response", 0)
                .put("time_to_repair", 0)
                .put("time_to_resolve", 0)
                .put("visibility", "organization");
        attributes.set(
                "notification_handles",
                wanted.path("notification_handles").isArray() ? wanted.get("notification_handles") : Json.array());
        ObjectNode fields = attributes.putObject("fields");
        field(fields, "slug", "textbox").put("value", "IR-" + number);
        field(fields, "state", "dropdown").put("value", "active");
        field(fields, "severity", "dropdown").put("value", "UNKNOWN");
        field(fields, "detection_method", "dropdown").put("value", "unknown");
        field(fields, "root_cause", "textbox").putNull("value");
        field(fields, "summary", "textbox").putNull("value");
        field(fields, "services", "autocomplete").putArray("value");
        field(fields, "teams", "autocomplete").putArray("value");
        setFields(attributes, wanted.path("fields"));
        // Datadog leaves "resolved" empty when an incident is created straight into that state.
        attributes.putNull("resolved");
        relationships(resource, data, user);
        return resource;
    }

    private static ObjectNode field(ObjectNode fields, String name, String type) {
        return fields.putObject(name).put("type", type);
    }

    private static void relationships(ObjectNode resource, JsonNode data, DatadogUser user) {
        ObjectNode relationships = resource.putObject("relationships");
        JsonNode commander = data.path("relationships").path("commander_user");
        if (commander.path("data").isObject()) {
            relationships.set("commander_user", commander);
        } else {
            relationships.putObject("commander_user").putNull("data");
        }
        for (String name : List.of("created_by_user", "last_modified_by_user", "declared_by_user")) {
            relationships.set(name, user.reference("users"));
        }
        for (String name : List.of("attachments", "integrations", "responders", "impacts", "user_defined_fields")) {
            relationships.putObject(name).putArray("data");
        }
    }

    static void requireType(JsonNode data) {
        if (!data.path("type").asText().equals("incidents")) {
            throw DatadogErrors.text(
                    400, "got type \"" + data.path("type").asText() + "\" expected one of \"incidents\"");
        }
    }

    private void check(JsonNode fields) {
        fields.properties().forEach(field -> {
            String name = field.getKey();
            String known = name.equals(FUSION_ID) && settings.feature("datadog.customAttributes")
                    ? "textarray"
                    : FIELDS.get(name);
            JsonNode value = field.getValue().path("value");
            String type = field.getValue().path("type").asText(known);
            if (known == null) {
                throw DatadogErrors.text(400, "Invalid field: " + name);
            }
            if (!value.isNull() && LISTS.contains(type) != value.isArray()) {
                throw DatadogErrors.text(400, "Invalid value for field " + name + " of type " + type);
            }
            if (name.equals("severity") && !SEVERITIES.contains(value.asText())) {
                throw DatadogErrors.text(400, "Invalid severity: " + value.asText());
            }
            boolean completed = value.asText().equals("completed") && settings.feature("datadog.incidentCompleted");
            if (name.equals("state") && !STATES.contains(value.asText()) && !completed) {
                throw DatadogErrors.text(400, "Invalid state: " + value.asText());
            }
        });
    }

    private static void setFields(ObjectNode attributes, JsonNode fields) {
        ObjectNode current = attributes.withObjectProperty("fields");
        fields.properties().forEach(field -> {
            String type = field.getValue().path("type").asText(FIELDS.getOrDefault(field.getKey(), "textarray"));
            current.putObject(field.getKey())
                    .put("type", type)
                    .set("value", field.getValue().path("value"));
        });
        String before = attributes.path("state").asText("");
        String state = current.path("state").path("value").asText();
        attributes.put("state", state);
        attributes.put("severity", current.path("severity").path("value").asText());
        if (state.equals("resolved") && !before.equals("resolved")) {
            attributes.put("resolved", DatadogTime.ofIncident());
        }
    }

    void update(Incident changed, JsonNode data, DatadogUser user) {
        requireType(data);
        if (!data.path("id").asText().equals(changed.id())) {
            throw DatadogErrors.text(400, "The id of the body must equal the id of the path");
        }
        JsonNode wanted = data.path("attributes");
        check(wanted.path("fields"));
        changing(changed);
        ObjectNode attributes = changed.attributes();
        JsonNode before = attributes.deepCopy();
        for (String plain : List.of("title", "customer_impacted", "customer_impact_scope", "detected")) {
            if (wanted.has(plain)) {
                attributes.set(plain, wanted.get(plain));
            }
        }
        setFields(attributes, wanted.path("fields"));
        boolean different = !before.equals(attributes);
        attributes.put("modified", DatadogTime.ofIncident());
        ObjectNode relationships = (ObjectNode) changed.resource.get("relationships");
        relationships.set("last_modified_by_user", user.reference("users"));
        changed(changed);
        if (different) {
            webhooks.incident(changed);
        }
    }

    ObjectNode addToTimeline(Incident changed, String text, boolean important) {
        String now = DatadogTime.ofIncident();
        ObjectNode cell = Json.object().put("id", Identifiers.uuid()).put("type", "incident_timeline_cells");
        ObjectNode attributes = cell.putObject("attributes");
        attributes.put("cell_type", "markdown").putObject("content").put("message", text);
        attributes
                .put("created", now)
                .put("display_time", now)
                .put("modified", now)
                .put("important", important)
                .put("incident_id", changed.id())
                .putNull("parent_uuid")
                .put("source", "api");
        changed.timeline.add(cell);
        return cell;
    }

    /** Keeps the relationship in step with the attachments, which live under their own path. */
    void attachmentsChanged(Incident changed) {
        ObjectNode relationships = (ObjectNode) changed.resource.get("relationships");
        ArrayNode data = relationships.putObject("attachments").putArray("data");
        changed.attachments
                .keySet()
                .forEach(id -> data.addObject().put("id", id).put("type", "incident_attachments"));
        changed.attributes().put("modified", DatadogTime.ofIncident());
    }
}
