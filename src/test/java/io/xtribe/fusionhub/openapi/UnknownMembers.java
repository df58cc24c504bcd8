package io.xtribe.fusionhub.openapi;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Members of a JSON body that its schema does not name. JSON Schema allows them, and the validator's own switch against
 * them refuses every {@code allOf}; but a misspelt member of a request is one that the vendor passes over in silence.
 */
final class UnknownMembers {

    private final JsonNode document;

    UnknownMembers(JsonNode document) {
        this.document = document;
    }

    /** Pointers to the unknown members. */
    List<String> find(JsonNode schema, JsonNode body) {
        var unknown = new ArrayList<String>();
        compare(List.of(schema), body, "", unknown);
        return unknown;
    }

    private void compare(List<JsonNode> schemas, JsonNode value, String at, List<String> unknown) {
        var parts = new ArrayList<JsonNode>();
        schemas.forEach(schema -> addParts(schema, parts));
        if (value.isArray()) {
            var items = members(parts, "items");
            value.forEach(element -> compare(items, element, at + "/*", unknown));
        }
        var isFree = parts.stream().noneMatch(part -> part.has("properties"));
        var others = members(parts, "additionalProperties");
        value.properties().forEach(member -> {
            var named = members(members(parts, "properties"), member.getKey());
            if (!named.isEmpty()) {
                compare(named, member.getValue(), at + "/" + member.getKey(), unknown);
            } else if (!others.isEmpty()) {
                compare(others, member.getValue(), at + "/" + member.getKey(), unknown);
            } else if (!isFree) {
                unknown.add(at + "/" + member.getKey());
            }
        });
    }

    /** The schema and all that it is made of, whichever of its alternatives may be meant. */
    private void addParts(JsonNode schema, List<JsonNode> parts) {
        if (schema.has("$ref")) {
            addParts(document.at(schema.path("$ref").asText().substring(1)), parts);
            return;
        }
        parts.add(schema);
        for (var combination : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(combination).forEach(part -> addParts(part, parts));
        }
    }

    private static List<JsonNode> members(List<JsonNode> nodes, String name) {
        return nodes.stream()
                .map(node -> node.path(name))
                .filter(member -> member.isObject() || member.asBoolean())
                .toList();
    }
}
