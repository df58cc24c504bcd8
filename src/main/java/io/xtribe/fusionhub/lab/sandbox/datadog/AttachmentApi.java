package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;
import io.xtribe.fusionhub.lab.sandbox.simulator.Refusal;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

/** Links and postmortems on an incident. Datadog does not refuse a second attachment with the same URL. */
final class AttachmentApi {
    private static final String ATTACHMENTS = "/api/v2/incidents/:incident_id/attachments";
    private static final Set<String> TYPES = Set.of("link", "postmortem");

    private final Incidents incidents;

    AttachmentApi(Incidents incidents) {
        this.incidents = incidents;
    }

    void operations(Operations operations) {
        operations.reads(GET, ATTACHMENTS, "list-attachments", this::list);
        operations.writes(POST, ATTACHMENTS, "create-attachment", this::create);
        operations.writes(PATCH, ATTACHMENTS + "/:attachment_id", "update-attachment", this::update);
        operations.writes(DELETE, ATTACHMENTS + "/:attachment_id", "delete-attachment", this::delete);
    }

    private Incidents.Incident about(Exchange call) {
        String id = call.path("incident_id");
        if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw DatadogErrors.generic(404, "malformed incident ID");
        }
        try {
            Incidents.Incident found = incidents.find(id);
            call.about(found.text("public_id"), found.fusionId(), found.text("title"));
            return found;
        } catch (Refusal refusal) {
            throw DatadogErrors.generic(404, "incident not found");
        }
    }

    private Answer list(Exchange call) {
        String filter = call.query("filter[attachment_type]");
        String type = filter == null ? null : filter.equals("1") ? "postmortem" : "link";
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        about(call).attachments().values().stream()
                .filter(attachment -> type == null
                        || attachment
                                .path("attributes")
                                .path("attachment_type")
                                .asText()
                                .equals(type))
                .forEach(data::add);
        answer.putArray("included").add(DatadogUser.HUB.incidentResource());
        return Answer.of(200, answer).as(DatadogErrors.API);
    }

    private Answer create(Exchange call) {
        Incidents.Incident changed = about(call);
        JsonNode data = call.body().path("data");
        if (!data.path("type").asText().equals("incident_attachments")) {
            throw DatadogErrors.badRequest(
                    "got type \"" + data.path("type").asText() + "\" expected one of \"incident_attachments\"");
        }
        JsonNode wanted = data.path("attributes");
        checkType(wanted);
        if (wanted.path("attachment").path("documentUrl").asText("").isBlank()
                || wanted.path("attachment").path("title").asText("").isBlank()) {
            throw DatadogErrors.generic(400, "attachment requires documentUrl and title");
        }
        ObjectNode made = Json.object().put("id", Identifiers.uuid()).put("type", "incident_attachments");
        ObjectNode attributes = made.putObject("attributes");
        attributes.set("attachment", wanted.get("attachment"));
        attributes
                .put("attachment_type", wanted.path("attachment_type").asText())
                .put("modified", DatadogTime.ofIncident());
        ObjectNode relationships = made.putObject("relationships");
        relationships
                .putObject("incident")
                .putObject("data")
                .put("id", changed.id())
                .put("type", "incidents");
        relationships.set("last_modified_by_user", DatadogUser.HUB.reference("users"));
        changed.attachments().put(made.path("id").asText(), made);
        incidents.attachmentsChanged(changed);
        call.committed();
        return answer(201, made);
    }

    private static void checkType(JsonNode wanted) {
        if (!TYPES.contains(wanted.path("attachment_type").asText())) {
            throw DatadogErrors.generic(
                    400,
                    "invalid attachment type " + wanted.path("attachment_type").asText());
        }
    }

    private ObjectNode attachment(Exchange call, Incidents.Incident incident) {
        ObjectNode found = incident.attachments().get(call.path("attachment_id"));
        if (found == null) {
            throw DatadogErrors.generic(404, "attachment not found");
        }
        return found;
    }

    private Answer update(Exchange call) {
        Incidents.Incident changed = about(call);
        ObjectNode attachment = attachment(call, changed);
        JsonNode wanted = call.body().path("data").path("attributes");
        if (wanted.has("attachment_type")) {
            checkType(wanted);
        }
        ObjectNode attributes = (ObjectNode) attachment.get("attributes");
        Json.merge(attributes, wanted);
        attributes.put("modified", DatadogTime.ofIncident());
        incidents.attachmentsChanged(changed);
        call.committed();
        return answer(200, attachment);
    }

    private Answer delete(Exchange call) {
        Incidents.Incident changed = about(call);
        attachment(call, changed);
        changed.attachments().remove(call.path("attachment_id"));
        incidents.attachmentsChanged(changed);
        call.committed();
        return Answer.empty(204);
    }

    private static Answer answer(int status, ObjectNode attachment) {
        ObjectNode answer = Json.object();
        answer.set("data", attachment);
        answer.putArray("included").add(DatadogUser.HUB.incidentResource());
        return Answer.of(status, answer).as(DatadogErrors.API);
    }
}
