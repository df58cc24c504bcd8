package io.xtribe.fusionhub.conformance;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * What stands in a request, in the place of what stands in the one of a case: so that the case's answer tells of the incident that is
 * asked about.
 */
final class CaseValues {

    /** Shorter ones could stand for something else: they count under the member of the same name only. */
    private static final int LEAST_LENGTH = 6;
    /** Members of a step that hold the hub's own words. */
    private static final Set<String> OUR_WORDS =
            Set.of("status", "priority", "part", "platform", "known", "origin", "records", "sent");

    private record Member(String name, String text) {}

    private final Map<String, String> anywhere = new LinkedHashMap<>();
    private final Map<Member, String> ofMember = new HashMap<>();

    /** Takes what differs in the step. */
    void ofStep(JsonNode ofCase, JsonNode here) {
        ofCase.properties().forEach(member -> {
            if (!OUR_WORDS.contains(member.getKey())) {
                compare(member.getKey(), member.getValue(), here.path(member.getKey()));
            }
        });
    }

    /** Takes what differs in the body of a request. */
    void ofBody(JsonNode ofCase, JsonNode here) {
        if (ofCase != null && here != null) {
            compare("", ofCase, here);
        }
    }

    private void compare(String name, JsonNode ofCase, JsonNode here) {
        if (ofCase.isObject()) {
            ofCase.properties()
                    .forEach(member -> compare(member.getKey(), member.getValue(), here.path(member.getKey())));
        } else if (ofCase.isArray()) {
            for (var i = 0; i < ofCase.size(); i++) {
                compare(name, ofCase.get(i), here.path(i));
            }
        } else if (ofCase.isTextual() && here.isTextual()) {
            put(name, ofCase.asText(), here.asText());
        }
    }

    private void put(String name, String ofCase, String here) {
        if (ofCase.isEmpty() || ofCase.equals(here)) {
            return;
        }
        ofMember.putIfAbsent(new Member(name, ofCase), here);
        if (ofCase.length() >= LEAST_LENGTH) {
            anywhere.putIfAbsent(ofCase, here);
        }
    }

    /** An answer of the case, with the values of here. */
    JsonNode in(JsonNode answer) {
        return in("", answer);
    }

    private JsonNode in(String name, JsonNode node) {
        if (node.isObject()) {
            var object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(member -> object.set(member.getKey(), in(member.getKey(), member.getValue())));
            return object;
        }
        if (node.isArray()) {
            var list = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> list.add(in(name, element)));
            return list;
        }
        return node.isTextual() ? TextNode.valueOf(in(name, node.asText())) : node;
    }

    private String in(String name, String text) {
        var own = ofMember.get(new Member(name, text));
        if (own != null) {
            return own;
        }
        var whole = anywhere.get(text);
        if (whole != null) {
            return whole;
        }
        var next = text;
        for (var pair : anywhere.entrySet()) {
            next = next.replace(pair.getKey(), pair.getValue());
        }
        return next;
    }
}
