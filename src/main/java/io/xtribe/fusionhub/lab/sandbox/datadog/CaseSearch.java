package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;

/** The search of cases: what its filter can ask, its sorting and its pages, which count from 1. */
final class CaseSearch {
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "status", "status",
            "priority", "priority",
            "key", "key",
            "creation_source", "creation_source",
            "status_name", "status_name",
            "status_group", "status_group",
            "type_id", "type_id",
            "public_id", "public_id");

    private CaseSearch() {}

    static Answer answer(Exchange call, Cases cases) {
        int size = call.number("page[size]", 10, () -> DatadogErrors.of(call.target(), 400, "invalid page[size]"));
        if (size < 1 || size > 100) {
            throw DatadogErrors.badRequest("page[size] must be between 1 and 100");
        }
        int page = Math.max(
                1, call.number("page[number]", 1, () -> DatadogErrors.of(call.target(), 400, "invalid page[number]")));
        var filter = SearchText.parse(call.query("filter"));
        List<ObjectNode> found = cases.searchable().stream()
                .filter(resource -> filter.test(searched(resource)))
                .collect(Collectors.toCollection(ArrayList::new));
        sort(found, call.query("sort[field]", "created_at"), "true".equals(call.query("sort[asc]")));
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        found.stream().skip((long) (page - 1) * size).limit(size).forEach(data::add);
        answer.putArray("included").add(DatadogUser.HUB.resource());
        answer.putObject("meta")
                .put("total_cases", found.size())
                .putObject("page")
                .put("current", page)
                .put("size", data.size())
                .put("total", (found.size() + size - 1) / size);
        return Answer.of(200, answer).as(DatadogErrors.API);
    }

    private static void sort(List<ObjectNode> found, String field, boolean ascending) {
        if (field.equals("priority") || field.equals("status")) {
            found.sort(Comparator.comparing(
                    resource -> resource.path("attributes").path(field).asText()));
        }
        if (!ascending) {
            Collections.reverse(found);
        }
    }

    /** The correlation key on a case, or null. */
    static String fusionId(JsonNode resource) {
        return resource.path("attributes")
                .path("custom_attributes")
                .path("fusion_id")
                .path("value")
                .asText(null);
    }

    private static SearchText.Searched searched(ObjectNode resource) {
        JsonNode attributes = resource.path("attributes");
        return new SearchText.Searched() {
            @Override
            public List<String> values(String key) {
                if (ATTRIBUTES.containsKey(key)) {
                    return List.of(attributes.path(ATTRIBUTES.get(key)).asText());
                }
                JsonNode custom = attributes.path("custom_attributes").path(key).path("value");
                if (custom.isArray()) {
                    return Json.texts(custom);
                }
                return custom.isMissingNode()
                        ? Json.texts(attributes.path("attributes").path(key))
                        : List.of(custom.asText());
            }

            @Override
            public String text() {
                return attributes.path("title").asText() + "\n"
                        + attributes.path("description").asText() + "\n"
                        + attributes.path("key").asText();
            }
        };
    }
}
