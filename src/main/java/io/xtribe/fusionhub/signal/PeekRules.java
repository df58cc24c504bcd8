package io.xtribe.fusionhub.signal;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Where a source's webhook body says that it is a first sign of something new, and of what. Places are paths of member
 * names, each after a slash.
 *
 * @param when which values at which places make it a first sign
 * @param priority where its priority is
 * @param part which of the platform's records, or what else, shows that priority, by which its word is translated; may be missing
 * @param scope where its organisation or instance is
 * @param scopePattern whose first group is the scope; missing where all of it is
 * @param key where the origin's own key is
 * @param ourKey where our own key would be: a body with any value there is left to the mapping; may be missing
 */
public record PeekRules(
        Map<String, List<String>> when,
        String priority,
        String part,
        String scope,
        Pattern scopePattern,
        String key,
        List<String> ourKey) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern ALL = Pattern.compile("(.*)", Pattern.DOTALL);

    /**
     * The rules.
     *
     * @throws IllegalArgumentException when they cannot be used
     */
    public PeekRules {
        if (when == null
                || when.isEmpty()
                || when.containsValue(null)
                || priority == null
                || scope == null
                || key == null) {
            throw new IllegalArgumentException("it needs 'when', 'priority', 'scope' and 'key'");
        }
        part = part == null ? "" : part;
        scopePattern = scopePattern == null ? ALL : scopePattern;
        ourKey = ourKey == null ? List.of() : ourKey;
        places(when, priority, scope, key, ourKey)
                .filter(place -> !place.startsWith("/"))
                .forEach(place -> {
                    throw new IllegalArgumentException(
                            "'" + place + "' is no place: begin with /, such as /event/data/id");
                });
        if (scopePattern.matcher("").groupCount() < 1) {
            throw new IllegalArgumentException("'scopePattern' needs a group in parentheses: the scope");
        }
    }

    /**
     * Reads the rules of one source.
     *
     * @param json the text of a {@code peek.json}
     * @throws JsonProcessingException when it cannot be used; says in which line
     */
    public static PeekRules read(String json) throws JsonProcessingException {
        return JSON.readValue(json, PeekRules.class);
    }

    /** All places that the rules name. */
    Stream<String> places() {
        return places(when, priority, scope, key, ourKey);
    }

    private static Stream<String> places(
            Map<String, List<String>> when, String priority, String scope, String key, List<String> ourKey) {
        return Stream.of(when.keySet().stream(), Stream.of(priority, scope, key), ourKey.stream())
                .flatMap(places -> places);
    }
}
