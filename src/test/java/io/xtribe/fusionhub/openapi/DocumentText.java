package io.xtribe.fusionhub.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/**
 * An OpenAPI document as its parser can read it. PagerDuty's refers to parts of its components, as
 * {@code #/components/schemas/Tag/allOf/0}, which the parser does not follow; what is meant is put in their place.
 */
final class DocumentText {

    /** {@code #/components/<kind>/<name>} is what the parser follows. */
    private static final int STEPS_TO_A_COMPONENT = 4;

    private final JsonNode root;

    private DocumentText(JsonNode root) {
        this.root = root;
    }

    static JsonNode of(Path file) {
        try {
            var root = new YAMLMapper().readTree(file.toFile());
            return new DocumentText(root).resolved(root);
        } catch (IOException e) {
            throw new UncheckedIOException("No OpenAPI document " + file.toAbsolutePath(), e);
        }
    }

    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asText("");
        if (reference.startsWith("#") && reference.split("/").length > STEPS_TO_A_COMPONENT) {
            return resolved(root.at(reference.substring(1)));
        }
        if (node instanceof ObjectNode object) {
            var copy = object.objectNode();
            object.properties().forEach(member -> copy.set(member.getKey(), resolved(member.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            var copy = array.arrayNode();
            array.forEach(element -> copy.add(resolved(element)));
            return copy;
        }
        return node;
    }
}
