package io.xtribe.fusionhub.signal;

import java.util.Set;
import java.util.function.Consumer;

/**
 * A word of a platform that no table has.
 *
 * @param field {@code status} or {@code priority}
 * @param part which of the platform's records shows it, or what else; may be empty
 * @param word as the platform wrote it
 * @param known the words that its table has, for people
 */
public record UnknownWord(String field, String part, String word, Set<String> known) {

    /** Of the known words, in a reason: the rest of it, and the header that repeats it, need room too. */
    private static final int KNOWN_LIMIT = 140;

    /** Of a word whose table is not at hand. */
    public UnknownWord(String field, String part, String word) {
        this(field, part, word, Set.of());
    }

    /** What the hub takes it for, and what to do. */
    public String text() {
        return field + " " + SafeText.quoted(word) + (part.isEmpty() ? "" : " of " + part)
                + " is in no table and counts as not said: add it to " + field + " in the platform's platform.yaml";
    }

    /** Why a first sign with this word cannot be judged. */
    public String reason() {
        return field + " " + SafeText.quoted(word) + (part.isEmpty() ? "" : " of " + part) + " is in no table"
                + (known.isEmpty() ? "" : ", known are " + SafeText.line(String.join(", ", known), KNOWN_LIMIT));
    }

    /** What to do about such a first sign. */
    public String remedy() {
        return "add it to " + field + (part.isEmpty() ? "" : "." + part)
                + " in the platform's platform.yaml, or let the sender use a known one, and replay this; until then open"
                + " the incident by hand";
    }

    /**
     * Translates one word.
     *
     * @param field {@code status} or {@code priority}
     * @param unknown told when it has no meaning
     * @return ours, or an empty text
     */
    public static String ours(String field, String part, String word, Words words, Consumer<UnknownWord> unknown) {
        var ours = "status".equals(field) ? words.status(part, word) : words.priority(part, word);
        return ours.orElseGet(() -> {
            unknown.accept(new UnknownWord(field, part, word, words.known(field, part)));
            return "";
        });
    }
}
