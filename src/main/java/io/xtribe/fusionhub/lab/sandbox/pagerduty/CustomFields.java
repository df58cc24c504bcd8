package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

/** Custom fields of incidents: their definitions and their values, text of at most 200 characters. */
final class CustomFields {
    private static final int LONGEST_TEXT = 200;
    private static final Set<String> TYPES = Set.of("boolean", "integer", "float", "string", "datetime", "url");

    private final Workshop workshop;
    private final Account account;
    private final IncidentBook book;
    private final Map<String, ObjectNode> byName = new LinkedHashMap<>();

    CustomFields(Workshop workshop, Account account, IncidentBook book) {
        this.workshop = workshop;
        this.account = account;
        this.book = book;
        reset();
    }

    void reset() {
        byName.clear();
        define("PFIELD01", "datadog_incident_url", "Datadog incident", "url", "single_value");
        define("PFIELD02", "datadog_case_url", "Datadog case", "url", "single_value");
        define("PFIELD03", "servicenow_incident_url", "ServiceNow incident", "url", "single_value");
        define("PFIELD04", "fusion_id", "Fusion id", "string", "single_value");
    }

    private ObjectNode define(String id, String name, String displayName, String dataType, String fieldType) {
        String now = PagedIncident.now().toString();
        ObjectNode field = Json.object()
                .put("id", id)
                .put("type", "field")
                .put("name", name)
                .put("display_name", displayName)
                .put("summary", displayName)
                .put("self", account.link("incidents/types/incident_default/custom_fields", id))
                .putNull("description")
                .put("data_type", dataType)
                .put("field_type", fieldType)
                .put("enabled", true)
                .put("incident_type", "incident_default")
                .putNull("default_value")
                .put("created_at", now)
                .put("updated_at", now);
        field.putArray("field_options");
        byName.put(name, field);
        return field;
    }

    void operations(Operations operations) {
        String definitions = "/incidents/types/:type/custom_fields";
        operations.reads(GET, definitions, "list-custom-fields", call -> {
            requireType(call);
            ObjectNode answer = Json.object();
            byName.values().forEach(answer.putArray("fields")::add);
            return Answer.of(200, answer);
        });
        operations.writes(POST, definitions, "create-custom-field", this::create);
        operations.reads(GET, "/incidents/:id/custom_fields/values", "get-custom-fields", call -> {
            requireFeature();
            return answer(200, values(about(call)));
        });
        operations.writes(PUT, "/incidents/:id/custom_fields/values", "set-custom-fields", this::set);
    }

    private void requireFeature() {
        if (!workshop.settings().feature("pagerduty.customFields")) {
            throw PagerDutyErrors.missingAbility(workshop.settings().refusal("pagerduty.customFields", 402));
        }
    }

    private void requireType(Exchange call) {
        requireFeature();
        if (!call.path("type").equals("incident_default")) {
            throw PagerDutyErrors.notFound();
        }
    }

    private PagedIncident about(Exchange call) {
        PagedIncident found = book.find(call.path("id"));
        call.about(found.id, found.key, found.title);
        return found;
    }

    private Answer create(Exchange call) {
        requireType(call);
        JsonNode wanted = call.body().path("field");
        String name = wanted.path("name").asText("");
        String displayName = wanted.path("display_name").asText("");
        boolean sound = name.matches("[a-z0-9_]{1,50}")
                && !displayName.isBlank()
                && displayName.length() <= 50
                && TYPES.contains(wanted.path("data_type").asText());
        if (!sound) {
            throw PagerDutyErrors.arguments("name, display_name and data_type are required");
        }
        if (byName.containsKey(name)) {
            throw PagerDutyErrors.arguments("Name has already been taken");
        }
        ObjectNode answer = Json.object();
        answer.set(
                "field",
                define(
                        Identifiers.opaque("P", 14),
                        name,
                        displayName,
                        wanted.path("data_type").asText(),
                        wanted.path("field_type").asText("single_value")));
        call.committed();
        return Answer.of(201, answer);
    }

    private Answer set(Exchange call) {
        requireFeature();
        PagedIncident changed = about(call);
        Map<String, JsonNode> accepted = new LinkedHashMap<>();
        for (JsonNode wanted : call.body().path("custom_fields")) {
            accepted.put(nameOf(wanted), wanted.path("value"));
            if (wanted.path("value").asText("").length() > LONGEST_TEXT) {
                throw PagerDutyErrors.arguments("Value is too long (maximum is 200 characters)");
            }
        }
        ArrayNode before = Json.array();
        accepted.forEach((name, value) -> {
            JsonNode known = changed.fields.getOrDefault(name, NullNode.getInstance());
            if (!known.equals(value)) {
                before.add(value(name, known));
                changed.fields.put(name, value);
            }
        });
        ArrayNode all = values(changed);
        if (!before.isEmpty()) {
            book.fieldsChanged(changed, all, before);
        }
        call.committed();
        return answer(201, all);
    }

    private String nameOf(JsonNode wanted) {
        String name = wanted.path("name").asText("");
        if (byName.containsKey(name)) {
            return name;
        }
        String id = wanted.path("id").asText("");
        return byName.values().stream()
                .filter(field -> field.path("id").asText().equals(id))
                .map(field -> field.path("name").asText())
                .findFirst()
                .orElseThrow(() -> PagerDutyErrors.refusal(
                        404, 2100, "Not Found", "Custom field " + (name.isEmpty() ? id : name) + " not found"));
    }

    ArrayNode values(PagedIncident incident) {
        ArrayNode values = Json.array();
        byName.keySet()
                .forEach(name -> values.add(value(name, incident.fields.getOrDefault(name, NullNode.getInstance()))));
        return values;
    }

    private ObjectNode value(String name, JsonNode value) {
        ObjectNode field = byName.get(name);
        ObjectNode shown = Json.object()
                .put("id", field.path("id").asText())
                .put("type", "field_value")
                .put("name", name)
                .put("display_name", field.path("display_name").asText())
                .putNull("description")
                .put("data_type", field.path("data_type").asText())
                .put("field_type", field.path("field_type").asText());
        shown.set("value", value);
        return shown;
    }

    private static Answer answer(int status, ArrayNode values) {
        ObjectNode answer = Json.object();
        answer.set("custom_fields", values);
        return Answer.of(status, answer);
    }
}
