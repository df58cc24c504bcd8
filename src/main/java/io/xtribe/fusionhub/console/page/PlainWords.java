package io.xtribe.fusionhub.console.page;

import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** What a platform has answered as people read it: of an answer in JSON the texts in it. The timeline has it as it came. */
final class PlainWords {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();
    /** What stands there is for programs. */
    private static final Set<String> FOR_PROGRAMS = Set.of("status", "code", "type", "id");

    private PlainWords() {}

    /** For example {@code answered 400: Invalid data: Category is mandatory}; as it is where it ends with no whole JSON. */
    static String of(String words) {
        var begin = words.indexOf('{');
        if (begin < 0) {
            return words;
        }
        try {
            var texts = new LinkedHashSet<String>();
            collect(JSON.readTree(words.substring(begin)), texts);
            return texts.isEmpty() ? words : words.substring(0, begin) + String.join(": ", texts);
        } catch (JsonProcessingException e) {
            return words;
        }
    }

    private static void collect(JsonNode node, Set<String> texts) {
        if (node.isTextual() && !node.asText().isBlank()) {
            texts.add(node.asText().strip());
        }
        if (node.isArray()) {
            node.forEach(element -> collect(element, texts));
        }
        node.properties().stream()
                .filter(member -> !FOR_PROGRAMS.contains(member.getKey()))
                .forEach(member -> collect(member.getValue(), texts));
    }
}
