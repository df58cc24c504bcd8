package io.xtribe.fusionhub.conformance;

import java.util.Optional;
import java.util.function.BiFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.platform.Vocabulary;

/**
 * Translates the words of a case as the hub does: a step has what the platform is sent, and a result is compared in our words.
 *
 * @param words the platform's
 */
record CaseWords(Vocabulary words) {

    /** Adds {@code sent} to a step that does not have it. */
    void addSent(JsonNode body) {
        if (body instanceof ObjectNode step && step.has("status") && step.has("key") && !step.has("sent")) {
            step.set("sent", words.sent(text(step, "part"), text(step, "status"), text(step, "priority")));
        }
    }

    /** A result, or each of several, with status and priority in our words; what no table has is marked as such. */
    JsonNode ours(JsonNode result, JsonNode body) {
        var ours = result.deepCopy();
        if (ours.isArray()) {
            ours.forEach(one -> translate(one, body));
        } else {
            translate(ours, body);
        }
        return ours;
    }

    private void translate(JsonNode result, JsonNode body) {
        if (result instanceof ObjectNode object) {
            var named = object.path("part")
                    .asText(object.path("record").path("part").asText());
            var part = named.isEmpty() && body != null ? text(body, "part") : named;
            translate(object, "status", part, words::status);
            translate(object, "priority", part, words::priority);
        }
    }

    private static void translate(
            ObjectNode object, String field, String part, BiFunction<String, String, Optional<String>> meaning) {
        var word = object.path(field);
        if (word.isTextual()) {
            object.put(field, meaning.apply(part, word.asText()).orElse("in no table: " + word.asText()));
        }
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText();
    }
}
