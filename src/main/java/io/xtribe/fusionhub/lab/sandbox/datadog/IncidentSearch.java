package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;

/** The search of incidents; each hit is wrapped once more in {@code data}, and the next offset is always there. */
final class IncidentSearch {
    private IncidentSearch() {}

    static Answer answer(Exchange call, Incidents incidents) {
        String query = call.query("query");
        if (query == null) {
            throw DatadogErrors.text(400, "query is required");
        }
        int size = call.number("page[size]", 10, () -> DatadogErrors.plain(400, "invalid page[size]"));
        int offset = call.number("page[offset]", 0, () -> DatadogErrors.plain(400, "invalid page[offset]"));
        var filter = SearchText.parse(query);
        List<ObjectNode> found = incidents.searchable().stream()
                .filter(resource -> filter.test(searched(resource)))
                .collect(Collectors.toCollection(ArrayList::new));
        if (!"created".equals(call.query("sort"))) {
            Collections.reverse(found);
        }
        ObjectNode answer = Json.object();
        ObjectNode data = answer.putObject("data").put("type", "incidents_search_results");
        ObjectNode attributes = data.putObject("attributes").put("total", found.size());
        attributes.set("facets", facets(found));
        ArrayNode hits = attributes.putArray("incidents");
        found.stream().skip(offset).limit(size).forEach(resource -> hits.addObject()
                .set("data", resource));
        answer.putArray("included").add(DatadogUser.HUB.incidentResource());
        answer.putObject("meta")
                .putObject("pagination")
                .put("offset", offset)
                .put("size", hits.size())
                .put("next_offset", offset + hits.size());
        return Answer.of(200, answer);
    }

    private static ObjectNode facets(List<ObjectNode> found) {
        ObjectNode facets = Json.object();
        for (String name : List.of("severity", "state")) {
            Map<String, Integer> counts = new TreeMap<>();
            found.forEach(resource ->
                    counts.merge(resource.path("attributes").path(name).asText(), 1, Integer::sum));
            ArrayNode facet = facets.putArray(name);
            counts.forEach(
                    (value, count) -> facet.addObject().put("name", value).put("count", count));
        }
        return facets;
    }

    private static SearchText.Searched searched(ObjectNode resource) {
        JsonNode attributes = resource.path("attributes");
        return new SearchText.Searched() {
            @Override
            public List<String> values(String key) {
                if (key.equals("public_id") || key.equals("title")) {
                    return List.of(attributes.path(key).asText());
                }
                JsonNode value = attributes.path("fields").path(key).path("value");
                if (value.isArray()) {
                    return Json.texts(value);
                }
                return value.isMissingNode() || value.isNull() ? List.of() : List.of(value.asText());
            }

            @Override
            public String text() {
                return attributes.path("title").asText() + "\n"
                        + attributes
                                .path("fields")
                                .path("summary")
                                .path("value")
                                .asText();
            }
        };
    }
}
