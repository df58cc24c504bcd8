package io.xtribe.fusionhub.signal;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What {@code enrichment.jq} in a platform's folder has found in a webhook's body.
 *
 * @param service the name by which the service catalogue is asked, or empty
 * @param lookup where the body names no service: ids by which the catalogue is asked, by the name of the routing hint that
 *     each of them is
 * @param priority {@code P1} to {@code P5}, or empty
 */
public record Enrichment(String service, Map<String, String> lookup, String priority) {

    /** Nothing was found. */
    public static final Enrichment NONE = new Enrichment("", Map.of(), "");

    private static final Set<String> PRIORITIES = Set.of("P1", "P2", "P3", "P4", "P5");

    /**
     * Reads the result of the mapping; what is not as expected counts as not found.
     *
     * @param words what the platform's words mean
     */
    public static Enrichment of(JsonNode found, Words words) {
        var lookup = new TreeMap<String, String>();
        found.path("lookup").properties().forEach(hint -> {
            if (!hint.getValue().asText("").isEmpty()) {
                lookup.put(hint.getKey(), hint.getValue().asText());
            }
        });
        var priority = words.priority(
                        found.path("part").asText(""), found.path("priority").asText(""))
                .orElse("");
        return new Enrichment(found.path("service").asText(""), lookup, PRIORITIES.contains(priority) ? priority : "");
    }
}
