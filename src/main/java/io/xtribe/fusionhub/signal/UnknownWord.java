package io.xtribe.fusionhub.signal;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A word of a platform that no table has.
 *
 * @param field {@code status} or {@code priority}
 * @param part which of the platform's records shows it, or what else; may be empty
 * @param word as the platform wrote it
 */
public record UnknownWord(String field, String part, String word) {

    /** What the hub takes it for, and what to do. */
    public String text() {
        return field + " " + SafeText.quoted(word) + (part.isEmpty() ? "" : " of " + part)
                + " is in no table and counts as not said: add it to " + field + " in the platform's platform.yaml";
    }

    /**
     * Translates one word.
     *
     * @param unknown told when it has no meaning
     * @return ours, or an empty text
     */
    public static String ours(
            String field,
            String part,
            String word,
            BiFunction<String, String, Optional<String>> words,
            Consumer<UnknownWord> unknown) {
        return words.apply(part, word).orElseGet(() -> {
            unknown.accept(new UnknownWord(field, part, word));
            return "";
        });
    }
}
