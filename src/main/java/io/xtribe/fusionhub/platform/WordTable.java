package io.xtribe.fusionhub.platform;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * A two-way table of words, for the status or for the priority that one record of a platform shows.
 *
 * @param means the platform's word to ours; an empty text for a word that says nothing
 * @param sent our word to what the platform is sent for it: a text, or JSON where it takes several values
 * @param list the account's own list, of the same form, that is asked for a word that is not in {@code means}, and before
 *     {@code sent}; null for none
 */
public record WordTable(Map<String, String> means, Map<String, JsonNode> sent, String list) {

    /** Members that may be left out. */
    public WordTable {
        means = means == null ? Map.of() : means;
        sent = sent == null ? Map.of() : sent;
    }

    /** Ours for the platform's, exact first, then whatever its case. */
    Optional<String> ours(String word, JsonNode lists) {
        var exact = means.get(word);
        if (exact != null) {
            return Optional.of(exact);
        }
        return means.entrySet().stream()
                .filter(entry -> isSame(entry.getKey(), word))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> listed(lists).path("means").properties().stream()
                        .filter(entry -> isSame(entry.getKey(), word))
                        .map(entry -> entry.getValue().asText())
                        .findFirst());
    }

    /** What is sent for our word; a missing node where the platform has none. */
    JsonNode theirs(String ours, JsonNode lists) {
        var listed = listed(lists).path("sent").path(ours);
        return listed.isMissingNode() ? sent.getOrDefault(ours, MissingNode.getInstance()) : listed;
    }

    private JsonNode listed(JsonNode lists) {
        return list == null ? MissingNode.getInstance() : lists.path(list);
    }

    private static boolean isSame(String known, String word) {
        return known.toLowerCase(Locale.ROOT).equals(word.strip().toLowerCase(Locale.ROOT));
    }
}
