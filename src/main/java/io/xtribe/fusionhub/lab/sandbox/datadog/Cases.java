package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Settings;

/** The cases and what may be done to them. Datadog refuses no change of status; it sends no webhooks for cases. */
final class Cases extends Resources<Cases.Case> {
    private static final Set<String> PRIORITIES = Set.of("NOT_DEFINED", "P1", "P2", "P3", "P4", "P5");
    /** Status name to group and old status. All built-in types share these names. */
    private static final Map<String, String> STATUSES =
            Map.of("Open", "OPEN", "In Progress", "IN_PROGRESS", "Closed", "CLOSED");

    /** A case: the resource as the API shows it, and its timeline. */
    record Case(ObjectNode resource, List<ObjectNode> timeline) implements Resource {}

    private final Settings settings;
    private final CaseTypes types;
    private final Map<String, Case> byKey = new HashMap<>();

    Cases(Settings settings, CaseTypes types) {
        super(settings);
        this.settings = settings;
        this.types = types;
    }

    @Override
    void reset() {
        super.reset();
        byKey.clear();
    }

    /** By UUID or by key, as the API takes both. */
    Case find(String idOrKey) {
        Case found = byId(idOrKey);
        found = found == null ? byKey.get(idOrKey) : found;
        if (found == null) {
            throw DatadogErrors.notFound("case");
        }
        return found;
    }

    Case create(JsonNode data) {
        JsonNode wanted = data.path("attributes");
        requireType(data, "case");
        if (wanted.path("title").asText("").isBlank()) {
            throw DatadogErrors.generic(400, "title is required");
        }
        JsonNode project = data.path("relationships").path("project").path("data");
        if (!project.path("type").asText().equals("project")) {
            throw DatadogErrors.badRequest(
                    "got type \"" + project.path("type").asText() + "\" expected one of \"project\"");
        }
        if (!project.path("id").asText().equals(CaseTypes.PROJECT)) {
            throw DatadogErrors.notFound("project");
        }
        if (!types.exists(wanted.path("type_id").asText())) {
            throw DatadogErrors.notFound("case type");
        }
        String priority = checkedPriority(wanted.path("priority").asText("NOT_DEFINED"));
        String status = wanted.path("status_name").asText("Open");
        checkedStatus(status);
        wanted.path("custom_attributes").fieldNames().forEachRemaining(this::requireDeclared);
        Case made = new Case(resource(wanted, priority), new ArrayList<>());
        setStatus(made, status);
        if (data.path("relationships").has("assignee")) {
            ((ObjectNode) made.resource.get("relationships"))
                    .set("assignee", data.path("relationships").get("assignee"));
        }
        byKey.put(made.text("key"), made);
        add(made);
        return made;
    }

    private ObjectNode resource(JsonNode wanted, String priority) {
        int number = nextNumber();
        ObjectNode resource = Json.object().put("id", Identifiers.uuid()).put("type", "case");
        ObjectNode attributes = resource.putObject("attributes");
        attributes.putObject("attributes");
        attributes
                .put("comment_count", 0)
                .put("created_at", DatadogTime.ofCase())
                .put("creation_source", "MANUAL");
        attributes.set(
                "custom_attributes",
                wanted.path("custom_attributes").isObject() ? wanted.get("custom_attributes") : Json.object());
        attributes.put("description", wanted.path("description").asText(""));
        attributes.putArray("insights");
        // The number in the key and the public id are different counters.
        attributes
                .put("internal_id", resource.path("id").asText())
                .put("key", CaseTypes.PROJECT_KEY + "-" + number)
                .put("merge_status", "NOT_MERGED")
                .put("priority", priority)
                .put("public_id", String.valueOf(83000 + number))
                .put("title", wanted.path("title").asText())
                .put("type", "STANDARD")
                .put("type_id", wanted.path("type_id").asText());
        ObjectNode relationships = resource.putObject("relationships");
        relationships.set("created_by", DatadogUser.HUB.reference("user"));
        relationships
                .putObject("project")
                .putObject("data")
                .put("id", CaseTypes.PROJECT)
                .put("type", "project");
        return resource;
    }

    static void requireType(JsonNode data, String type) {
        if (!data.path("type").asText().equals(type)) {
            throw DatadogErrors.badRequest(
                    "got type \"" + data.path("type").asText() + "\" expected one of \"" + type + "\"");
        }
    }

    static String checkedPriority(String priority) {
        if (!PRIORITIES.contains(priority)) {
            throw DatadogErrors.generic(
                    400, "invalid priority " + priority + ". Must be one of P1, P2, P3, P4, P5, NOT_DEFINED");
        }
        return priority;
    }

    /** The status name for a name or, deprecated, an upper-case status. */
    static String checkedStatus(String status) {
        if (STATUSES.containsKey(status)) {
            return status;
        }
        for (Map.Entry<String, String> known : STATUSES.entrySet()) {
            if (known.getValue().equals(status)) {
                return known.getKey();
            }
        }
        throw DatadogErrors.generic(
                400,
                "invalid status " + status
                        + ". Must be one of NOT_STARTED, IN_PROGRESS, CLOSED, ACKNOWLEDGED, TRIGGERED,"
                        + " PENDING_APPROVAL, COMPLETED, CANCELLED, DECLINED, SUNKNOWN, OPEN, RESOLVED, APPROVED,"
                        + " IMPLEMENTING");
    }

    void requireDeclared(String customAttribute) {
        if (!settings.feature("datadog.customAttributes") || !types.declared(customAttribute)) {
            throw DatadogErrors.unknownCustomAttribute(customAttribute);
        }
    }

    void setStatus(Case changed, String statusName) {
        String status = STATUSES.get(statusName);
        changed.attributes()
                .put("status", status)
                .put("status_group", "SG_" + status)
                .put("status_name", statusName);
        if (status.equals("CLOSED")) {
            changed.attributes().put("closed_at", DatadogTime.ofCase());
        }
    }

    /** Call around every change: keeps searches behind by the index lag and records who changed it. */
    void change(Case changed, Runnable work) {
        changing(changed);
        work.run();
        changed.attributes().put("modified_at", DatadogTime.ofCase());
        ((ObjectNode) changed.resource.get("relationships")).set("modified_by", DatadogUser.HUB.reference("user"));
        changed(changed);
    }

    ObjectNode comment(Case commented, String text, DatadogUser author) {
        ObjectNode cell = Json.object().put("id", Identifiers.uuid()).put("type", "timeline_cell");
        ObjectNode attributes = cell.putObject("attributes");
        attributes.set("author", author.author());
        ObjectNode content = Json.object().put("message", text);
        attributes.set("cell_content", content);
        attributes
                .put("content", content.toString())
                .put("created_at", DatadogTime.ofCase())
                .put("type", "COMMENT");
        change(commented, () -> {
            commented.timeline.add(cell);
            commented.attributes().put("comment_count", commented.timeline.size());
        });
        return cell;
    }

    /** Removes the comments that hold this text. */
    void uncomment(Case commented, String text) {
        change(commented, () -> {
            commented.timeline.removeIf(
                    cell -> cell.at("/attributes/cell_content/message").asText().contains(text));
            commented.attributes().put("comment_count", commented.timeline.size());
        });
    }

    /** Linking the same incident again changes nothing. */
    void link(Case linked, String incidentId) {
        for (JsonNode insight : linked.attributes().path("insights")) {
            if (insight.path("resource_id").asText().equals(incidentId)) {
                return;
            }
        }
        change(linked, () -> linked.attributes()
                .withArray("insights")
                .addObject()
                .put("type", "INCIDENT")
                .put("ref", "/incidents/" + incidentId)
                .put("resource_id", incidentId));
    }
}
