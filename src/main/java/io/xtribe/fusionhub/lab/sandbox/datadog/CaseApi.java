package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

/** Datadog's Case Management API (docs.datadoghq.com/api/latest/case-management) over {@link Cases}. */
final class CaseApi {
    private static final String CASE = "/api/v2/cases/:case_id";
    private static final Set<String> KINDS = Set.of("TEXT", "URL", "NUMBER", "SELECT");

    private final Cases cases;
    private final CaseTypes types;
    private final Incidents incidents;

    CaseApi(Cases cases, CaseTypes types, Incidents incidents) {
        this.cases = cases;
        this.types = types;
        this.incidents = incidents;
    }

    void operations(Operations operations) {
        operations.reads(GET, "/api/v2/cases", "search-cases", call -> CaseSearch.answer(call, cases));
        operations.writes(POST, "/api/v2/cases", "create-case", this::create);
        operations.reads(GET, "/api/v2/cases/types", "list-case-types", call -> answer(200, types.types()));
        operations.reads(
                GET,
                "/api/v2/cases/types/custom_attributes",
                "list-custom-attributes",
                call -> answer(200, types.attributesOf(null)));
        operations.reads(
                GET,
                "/api/v2/cases/types/:type_id/custom_attributes",
                "list-custom-attributes",
                call -> answer(200, types.attributesOf(knownType(call))));
        operations.writes(
                POST, "/api/v2/cases/types/:type_id/custom_attributes", "create-custom-attribute", this::declare);
        operations.reads(GET, "/api/v2/cases/projects", "list-projects", call -> {
            ObjectNode answer = Json.object();
            answer.putArray("data").add(types.project());
            return answer(200, answer);
        });
        operations.reads(GET, "/api/v2/cases/projects/:project_id", "get-project", this::project);
        operations.reads(GET, CASE, "get-case", call -> answer(200, document(about(call))));
        change(operations, "status", "update-case-status", (changed, data) -> {
            JsonNode name = data.path("status_name");
            String status = Cases.checkedStatus(
                    name.isTextual() ? name.asText() : data.path("status").asText());
            cases.change(changed, () -> cases.setStatus(changed, status));
        });
        change(operations, "priority", "update-case-priority", (changed, data) -> {
            String priority = Cases.checkedPriority(data.path("priority").asText());
            cases.change(changed, () -> changed.attributes().put("priority", priority));
        });
        change(operations, "title", "update-case-title", (changed, data) -> {
            String title = data.path("title").asText("");
            if (title.isBlank()) {
                throw DatadogErrors.generic(400, "title is required");
            }
            cases.change(changed, () -> changed.attributes().put("title", title));
        });
        change(
                operations,
                "description",
                "update-case-description",
                (changed, data) -> cases.change(changed, () -> changed.attributes()
                        .put("description", data.path("description").asText(""))));
        change(operations, "attributes", "update-case-attributes", this::setAttributes);
        operations.writes(POST, CASE + "/comment", "comment-case", this::comment);
        operations.writes(PUT, CASE + "/comment/:cell_id", "update-case-comment", this::updateComment);
        operations.writes(DELETE, CASE + "/comment/:cell_id", "delete-case-comment", this::deleteComment);
        operations.reads(GET, CASE + "/timelines", "list-case-timeline", this::timeline);
        operations.writes(POST, CASE + "/custom_attributes/:key", "set-case-custom-attribute", this::setCustom);
        operations.writes(DELETE, CASE + "/custom_attributes/:key", "delete-case-custom-attribute", call -> {
            Cases.Case changed = about(call);
            cases.change(changed, () -> changed.attributes()
                    .withObjectProperty("custom_attributes")
                    .remove(call.path("key")));
            call.committed();
            return answer(200, document(changed));
        });
        operations.writes(POST, CASE + "/relationships/incidents", "link-incident", this::link);
    }

    private void change(Operations operations, String member, String operation, BiConsumer<Cases.Case, JsonNode> work) {
        operations.writes(POST, CASE + "/" + member, operation, call -> {
            Cases.Case changed = about(call);
            JsonNode data = call.body().path("data");
            Cases.requireType(data, "case");
            work.accept(changed, data.path("attributes"));
            call.committed();
            return answer(200, document(changed));
        });
    }

    private Answer create(Exchange call) {
        JsonNode data = call.body().path("data");
        call.about(
                null,
                CaseSearch.fusionId(data),
                data.path("attributes").path("title").asText(null));
        Cases.Case made = cases.create(data);
        about(call, made);
        call.committed();
        return answer(201, document(made));
    }

    private Cases.Case about(Exchange call) {
        Cases.Case found = cases.find(call.path("case_id"));
        about(call, found);
        return found;
    }

    private static void about(Exchange call, Cases.Case found) {
        call.about(found.text("key"), CaseSearch.fusionId(found.resource()), found.text("title"));
    }

    private void setAttributes(Cases.Case changed, JsonNode data) {
        JsonNode wanted = data.path("attributes");
        wanted.forEach(value -> {
            if (!value.isArray()) {
                throw DatadogErrors.generic(400, "error decoding attribute \"attributes\": invalid type string");
            }
        });
        cases.change(changed, () -> Json.merge(changed.attributes().withObjectProperty("attributes"), wanted));
    }

    private Answer setCustom(Exchange call) {
        Cases.Case changed = about(call);
        JsonNode data = call.body().path("data");
        Cases.requireType(data, "case");
        cases.requireDeclared(call.path("key"));
        JsonNode value = data.path("attributes");
        if (!value.has("value") || !KINDS.contains(value.path("type").asText())) {
            throw DatadogErrors.badRequest("type, is_multi and value are required");
        }
        cases.change(changed, () -> changed.attributes()
                .withObjectProperty("custom_attributes")
                .set(call.path("key"), value));
        call.committed();
        return answer(200, document(changed));
    }

    private Answer comment(Exchange call) {
        Cases.Case commented = about(call);
        JsonNode data = call.body().path("data");
        Cases.requireType(data, "case");
        String text = data.path("attributes").path("comment").asText("");
        if (text.isEmpty()) {
            throw DatadogErrors.generic(400, "comment is required");
        }
        ObjectNode answer = Json.object();
        answer.putArray("data").add(cases.comment(commented, text, DatadogUser.HUB));
        call.committed();
        return answer(200, answer);
    }

    private Answer updateComment(Exchange call) {
        Cases.Case commented = about(call);
        ObjectNode cell = cell(commented, call.path("cell_id"));
        String text =
                call.body().path("data").path("attributes").path("comment").asText("");
        ObjectNode attributes = (ObjectNode) cell.get("attributes");
        ObjectNode content = Json.object().put("message", text);
        attributes.set("cell_content", content);
        attributes.put("content", content.toString()).put("modified_at", DatadogTime.ofCase());
        call.committed();
        return Answer.empty(200);
    }

    private Answer deleteComment(Exchange call) {
        Cases.Case commented = about(call);
        commented.timeline().remove(cell(commented, call.path("cell_id")));
        call.committed();
        return Answer.empty(204);
    }

    private static ObjectNode cell(Cases.Case commented, String id) {
        return commented.timeline().stream()
                .filter(cell -> cell.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> DatadogErrors.notFound("timeline cell"));
    }

    private Answer timeline(Exchange call) {
        Cases.Case read = about(call);
        int size = call.number("page[size]", 10, () -> DatadogErrors.of(call.target(), 400, "invalid page[size]"));
        int page = Math.max(
                1, call.number("page[number]", 1, () -> DatadogErrors.of(call.target(), 400, "invalid page[number]")));
        List<ObjectNode> cells = new ArrayList<>(read.timeline());
        if (!"true".equals(call.query("sort[ascending]"))) {
            Collections.reverse(cells);
        }
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        cells.stream().skip((long) (page - 1) * size).limit(size).forEach(data::add);
        return answer(200, answer);
    }

    private Answer link(Exchange call) {
        Cases.Case linked = about(call);
        JsonNode data = call.body().path("data");
        Cases.requireType(data, "incidents");
        if (!incidents.exists(data.path("id").asText())) {
            throw DatadogErrors.notFound("incident");
        }
        cases.link(linked, data.path("id").asText());
        call.committed();
        return answer(201, document(linked));
    }

    private String knownType(Exchange call) {
        if (!types.exists(call.path("type_id"))) {
            throw DatadogErrors.notFound("case type");
        }
        return call.path("type_id");
    }

    private Answer declare(Exchange call) {
        String typeId = knownType(call);
        JsonNode data = call.body().path("data");
        Cases.requireType(data, "custom_attribute");
        JsonNode wanted = data.path("attributes");
        String key = wanted.path("key").asText("");
        String displayName = wanted.path("display_name").asText("");
        if (key.isEmpty()
                || displayName.isEmpty()
                || !KINDS.contains(wanted.path("type").asText())) {
            throw DatadogErrors.badRequest("key, display_name, type and is_multi are required");
        }
        if (types.declared(key) || types.displayNameTaken(displayName)) {
            throw DatadogErrors.generic(400, "custom attribute with this key or display name already exists");
        }
        ObjectNode answer = Json.object();
        answer.set(
                "data",
                types.declare(
                        typeId,
                        key,
                        displayName,
                        wanted.path("type").asText(),
                        wanted.path("is_multi").asBoolean(),
                        wanted.path("description").asText(null)));
        call.committed();
        return answer(201, answer);
    }

    private Answer project(Exchange call) {
        if (!call.path("project_id").equals(CaseTypes.PROJECT)) {
            throw DatadogErrors.notFound("project");
        }
        ObjectNode answer = Json.object();
        answer.set("data", types.project());
        return answer(200, answer);
    }

    private static ObjectNode document(Cases.Case shown) {
        ObjectNode document = Json.object();
        document.set("data", shown.resource());
        document.putArray("included").add(DatadogUser.HUB.resource());
        return document;
    }

    private static Answer answer(int status, ObjectNode body) {
        return Answer.of(status, body).as(DatadogErrors.API);
    }
}
