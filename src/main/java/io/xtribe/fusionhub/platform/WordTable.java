package io.xtribe.fusionhub.platform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.WordForm;

/** A two-way table of words, for the status or for the priority that one record of a platform shows. */
public final class WordTable {

    private final Map<String, String> means;
    private final Map<String, String> forms = new LinkedHashMap<>();
    private final Map<Pattern, String> patterns = new LinkedHashMap<>();
    private final Map<String, JsonNode> sent;
    private final String list;
    private final Set<String> finals;

    /**
     * A table; each member may be null.
     *
     * @param means the platform's word to ours; an empty text for a word that says nothing
     * @param patterns the same for whole words by a regular expression, whatever the case; asked last
     * @param sent our word to what the platform is sent for it: a text, or JSON where it takes several values
     * @param list the account's own list, of the same form, that is asked for a word that is not in {@code means}, and
     *     before {@code sent}; null for none
     * @param finals of a status: which of the platform's words cannot be left, so that a record that shows one is never opened
     *     again; null for none
     * @throws IllegalArgumentException when a pattern is none, or a final word does not mean resolved
     */
    @JsonCreator
    WordTable(
            @JsonProperty("means") Map<String, String> means,
            @JsonProperty("patterns") Map<String, String> patterns,
            @JsonProperty("sent") Map<String, JsonNode> sent,
            @JsonProperty("list") String list,
            @JsonProperty("final") List<String> finals) {
        this.means = means == null ? Map.of() : means;
        this.sent = sent == null ? Map.of() : sent;
        this.list = list;
        this.finals =
                finals == null ? Set.of() : finals.stream().map(WordForm::of).collect(Collectors.toUnmodifiableSet());
        this.means.forEach((word, ours) -> forms.putIfAbsent(WordForm.of(word), ours));
        if (patterns != null) {
            patterns.forEach((pattern, ours) ->
                    this.patterns.put(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), ours));
        }
    }

    /** The final words, in the form in which they are compared. */
    Set<String> finals() {
        return finals;
    }

    /** Whether the table itself has this word, in that form, as resolved. */
    boolean isResolved(String form) {
        return Signal.RESOLVED.equals(forms.get(form));
    }

    /** All words of ours that the table holds, on either side. */
    Set<String> ours() {
        var all = new TreeSet<>(means.values());
        all.addAll(patterns.values());
        all.addAll(sent.keySet());
        return all;
    }

    /** The platform's words, each with ours, in the order of the table. */
    public Map<String, String> words() {
        return Collections.unmodifiableMap(means);
    }

    /** The platform's words that have a meaning, for people. */
    Set<String> known(JsonNode lists) {
        var words = new TreeSet<>(means.keySet());
        listed(lists).path("means").fieldNames().forEachRemaining(words::add);
        return words;
    }

    /** Whether the account's list, where the table has one, was read. */
    boolean isComplete(JsonNode lists) {
        return list == null || lists.has(list);
    }

    /** Ours for the platform's: exact first, then in any spelling, then by the account's list, then by a pattern. */
    Optional<String> ours(String word, JsonNode lists) {
        return translated(word, lists).map(ours -> finals.contains(WordForm.of(word)) ? Signal.CLOSED : ours);
    }

    private Optional<String> translated(String word, JsonNode lists) {
        var exact = means.get(word);
        if (exact != null) {
            return Optional.of(exact);
        }
        var form = WordForm.of(word);
        return Optional.ofNullable(forms.get(form))
                .or(() -> listed(lists).path("means").properties().stream()
                        .filter(entry -> WordForm.of(entry.getKey()).equals(form))
                        .map(entry -> entry.getValue().asText())
                        .findFirst())
                .or(() -> byPattern(WordForm.stripped(word)));
    }

    private Optional<String> byPattern(String word) {
        return patterns.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(word).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** What is sent for our word; a missing node where the platform has none. */
    JsonNode theirs(String ours, JsonNode lists) {
        var listed = listed(lists).path("sent").path(ours);
        return listed.isMissingNode() ? sent.getOrDefault(ours, MissingNode.getInstance()) : listed;
    }

    private JsonNode listed(JsonNode lists) {
        return list == null ? MissingNode.getInstance() : lists.path(list);
    }
}
