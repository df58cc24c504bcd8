package io.xtribe.fusionhub.conformance;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One case of a vendor's folder, {@code cases/*.json}: a route is called with a body, and its requests and its result must
 * be the expected ones. docs/platform.md describes the members.
 *
 * @param description what it shows, one line for people
 * @param route the route that is called
 * @param body what it is called with: a step, or a webhook's body
 * @param properties exchange properties that the route reads
 * @param lists what was read of the account before, by name
 * @param exchanges the requests that are expected, each with its answer; those of parallel steps in any order
 * @param result the body that the route must end with, or null where that does not matter
 * @param failure the kind of failure that it must end with, such as {@code REJECTED}, or null
 */
record ConformanceCase(
        String description,
        String route,
        JsonNode body,
        Map<String, Object> properties,
        Map<String, JsonNode> lists,
        List<CannedExchange> exchanges,
        JsonNode result,
        String failure) {

    ConformanceCase {
        properties = properties == null ? Map.of() : properties;
        lists = lists == null ? Map.of() : lists;
        exchanges = exchanges == null ? List.of() : exchanges;
    }

    /**
     * A request and what the platform answers to it.
     *
     * @param method the HTTP method
     * @param path encoded
     * @param query encoded, or absent
     * @param body the JSON that is sent, or absent
     * @param status the status of the answer, 200 unless said otherwise; 0 for no answer at all
     * @param answer the JSON that is answered, or absent
     */
    record CannedExchange(String method, String path, String query, JsonNode body, Integer status, JsonNode answer) {

        CannedExchange {
            query = query == null ? "" : query;
            status = status == null ? 200 : status;
        }
    }
}
