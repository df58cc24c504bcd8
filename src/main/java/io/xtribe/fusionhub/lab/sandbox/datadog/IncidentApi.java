package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;
import io.xtribe.fusionhub.lab.sandbox.simulator.Settings;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

/** Datadog's incidents API (docs.datadoghq.com/api/latest/incidents) over {@link Incidents}. */
final class IncidentApi {
    private static final String INCIDENT = "/api/v2/incidents/:incident_id";

    private final Incidents incidents;
    private final Settings settings;

    IncidentApi(Incidents incidents, Settings settings) {
        this.incidents = incidents;
        this.settings = settings;
    }

    void operations(Operations operations) {
        operations.reads(GET, "/api/v2/incidents", "list-incidents", this::list);
        operations.writes(POST, "/api/v2/incidents", "create-incident", this::create);
        operations.reads(
                GET, "/api/v2/incidents/search", "search-incidents", call -> IncidentSearch.answer(call, incidents));
        operations.reads(
                GET,
                "/api/v2/incidents/config/user-defined-fields",
                "list-user-defined-fields",
                call -> Answer.of(200, UserDefinedFields.list(settings)));
        operations.reads(GET, INCIDENT, "get-incident", call -> Answer.of(200, document(about(call))));
        operations.writes(PATCH, INCIDENT, "update-incident", this::update);
        operations.writes(DELETE, INCIDENT, "delete-incident", call -> {
            incidents.remove(about(call));
            call.committed();
            return Answer.empty(204).as("text/html; charset=utf-8");
        });
        operations.writes(POST, INCIDENT + "/timeline", "create-timeline-entry", this::addToTimeline);
        operations.reads(GET, INCIDENT + "/timeline", "list-timeline", call -> {
            requireTimeline();
            ObjectNode answer = Json.object();
            about(call).timeline().forEach(answer.putArray("data")::add);
            return Answer.of(200, answer);
        });
    }

    private Incidents.Incident about(Exchange call) {
        Incidents.Incident found = incidents.find(call.path("incident_id"));
        call.about(found.text("public_id"), found.fusionId(), found.text("title"));
        return found;
    }

    private Answer create(Exchange call) {
        JsonNode data = call.body().path("data");
        JsonNode wanted = data.path("attributes");
        String key =
                wanted.path("fields").path("fusion_id").path("value").path(0).asText(null);
        call.about(null, key, wanted.path("title").asText(null));
        Incidents.Incident made = incidents.create(data, DatadogUser.HUB);
        call.about(made.text("public_id"), key, made.text("title"));
        call.committed();
        return Answer.of(201, document(made));
    }

    private Answer update(Exchange call) {
        Incidents.Incident changed = about(call);
        incidents.update(changed, call.body().path("data"), DatadogUser.HUB);
        call.committed();
        return Answer.of(200, document(changed));
    }

    private Answer list(Exchange call) {
        int size = call.number("page[size]", 10, () -> DatadogErrors.plain(400, "invalid page[size]"));
        int offset = call.number("page[offset]", 0, () -> DatadogErrors.plain(400, "invalid page[offset]"));
        if (size < 1 || size > 100) {
            throw DatadogErrors.text(400, "page[size] must be between 1 and 100");
        }
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        incidents.all().stream().skip(offset).limit(size).forEach(incident -> data.add(incident.resource()));
        ObjectNode pagination = answer.putObject("meta").putObject("pagination");
        pagination.put("offset", offset).put("size", data.size());
        // The last page says so by having no next offset.
        if (offset + data.size() < incidents.all().size()) {
            pagination.put("next_offset", offset + data.size());
        }
        return Answer.of(200, answer);
    }

    private void requireTimeline() {
        if (!settings.feature("datadog.timeline")) {
            throw DatadogErrors.text(settings.refusal("datadog.timeline", 404), "Not Found");
        }
    }

    /** Takes the body of the vendor's draft; the older {@code content.content} is refused, as clients must expect. */
    private Answer addToTimeline(Exchange call) {
        requireTimeline();
        Incidents.Incident changed = about(call);
        JsonNode wanted = call.body().path("data").path("attributes");
        String message = wanted.path("content").path("message").asText("");
        if (message.isEmpty() || !wanted.path("cell_type").asText().equals("markdown")) {
            throw DatadogErrors.text(400, "cell_type markdown and content.message are required");
        }
        ObjectNode answer = Json.object();
        answer.set(
                "data",
                incidents.addToTimeline(
                        changed, message, wanted.path("important").asBoolean()));
        call.committed();
        return Answer.of(201, answer);
    }

    private static ObjectNode document(Incidents.Incident shown) {
        ObjectNode document = Json.object();
        document.set("data", shown.resource());
        List.of(DatadogUser.HUB, DatadogUser.PERSON)
                .forEach(user -> document.withArray("included").add(user.incidentResource()));
        return document;
    }
}
