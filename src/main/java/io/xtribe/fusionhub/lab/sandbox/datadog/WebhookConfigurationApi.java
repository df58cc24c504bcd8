package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

/**
 * The webhooks integration's configuration (docs.datadoghq.com/api/latest/webhooks-integration). It is only kept: the
 * sandbox sends to the hub of its settings, and not to the URL that is configured here.
 */
final class WebhookConfigurationApi {
    private static final String BASE = "/api/v1/integration/webhooks/configuration/";

    private final Map<String, ObjectNode> webhooks = new LinkedHashMap<>();
    private final Map<String, ObjectNode> variables = new LinkedHashMap<>();

    void reset() {
        webhooks.clear();
        variables.clear();
    }

    void operations(Operations operations) {
        resource(operations, "webhooks", "webhook", webhooks, List.of("name", "url"), "Webhook");
        resource(
                operations,
                "custom-variables",
                "webhook-variable",
                variables,
                List.of("name", "value", "is_secret"),
                "Custom variable");
    }

    private static void resource(
            Operations operations,
            String path,
            String operation,
            Map<String, ObjectNode> stored,
            List<String> required,
            String noun) {
        operations.writes(POST, BASE + path, "create-" + operation, call -> {
            ObjectNode body = call.body();
            for (String member : required) {
                if (!body.hasNonNull(member)) {
                    throw DatadogErrors.text(400, "Missing required field: " + member);
                }
            }
            String name = body.path("name").asText();
            if (stored.containsKey(name)) {
                throw DatadogErrors.text(400, noun + " already exists");
            }
            stored.put(name, withDefaults(path, body));
            call.committed();
            return Answer.of(201, shown(body));
        });
        operations.reads(
                GET,
                BASE + path + "/:name",
                "get-" + operation,
                call -> Answer.of(200, shown(find(call, stored, noun))));
        operations.writes(PUT, BASE + path + "/:name", "update-" + operation, call -> {
            ObjectNode known = find(call, stored, noun);
            Json.merge(known, call.body());
            stored.remove(call.path("name"));
            stored.put(known.path("name").asText(), known);
            call.committed();
            return Answer.of(200, shown(known));
        });
        operations.writes(DELETE, BASE + path + "/:name", "delete-" + operation, call -> {
            find(call, stored, noun);
            stored.remove(call.path("name"));
            call.committed();
            return Answer.empty(200);
        });
    }

    private static ObjectNode withDefaults(String path, ObjectNode body) {
        if (path.equals("webhooks")) {
            body.put("encode_as", body.path("encode_as").asText("json"));
            for (String optional : List.of("custom_headers", "payload")) {
                if (!body.has(optional)) {
                    body.putNull(optional);
                }
            }
        }
        return body;
    }

    /** A secret's value never comes back. */
    private static ObjectNode shown(ObjectNode stored) {
        ObjectNode shown = stored.deepCopy();
        if (shown.path("is_secret").asBoolean()) {
            shown.remove("value");
        }
        return shown;
    }

    private static ObjectNode find(Exchange call, Map<String, ObjectNode> stored, String noun) {
        ObjectNode found = stored.get(call.path("name"));
        if (found == null) {
            throw DatadogErrors.text(404, noun + " does not exist");
        }
        return found;
    }
}
