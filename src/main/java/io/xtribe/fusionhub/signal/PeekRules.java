package io.xtribe.fusionhub.signal;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Where a source's webhook body says that it is a first sign of something new, and of what. Places are paths of member
 * names, each after a slash.
 *
 * @param when which values at which places make it a first sign
 * @param priority where its priority is
 * @param priorityPrefix what goes before it, such as {@code P} where the platform counts; may be missing
 * @param scope where its organisation or instance is
 * @param scopePattern whose first group is the scope; missing where all of it is
 * @param key where the origin's own key is
 * @param ourKey where our own key would be: a body with any value there is left to the mapping; may be missing
 */
public record PeekRules(
        Map<String, List<String>> when,
        String priority,
        String priorityPrefix,
        String scope,
        Pattern scopePattern,
        String key,
        List<String> ourKey) {

    private static final String FILE = "mappings/peek.json";
    private static final Pattern ALL = Pattern.compile("(.*)", Pattern.DOTALL);

    public PeekRules {
        priorityPrefix = priorityPrefix == null ? "" : priorityPrefix;
        scopePattern = scopePattern == null ? ALL : scopePattern;
        ourKey = ourKey == null ? List.of() : ourKey;
    }

    /**
     * Reads {@code mappings/peek.json}: rules by source.
     *
     * @throws IOException when it cannot be read; says where it is wrong
     */
    public static Map<String, PeekRules> load() throws IOException {
        try (InputStream file = PeekRules.class.getResourceAsStream("/" + FILE)) {
            if (file == null) {
                throw new IOException("there is no " + FILE);
            }
            return new ObjectMapper().readValue(file, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            var line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new IOException(FILE + ", line " + line + ": " + e.getOriginalMessage());
        }
    }

    /** All places that the rules name. */
    Stream<String> places() {
        return Stream.of(when.keySet().stream(), Stream.of(priority, scope, key), ourKey.stream())
                .flatMap(places -> places);
    }
}
