package io.xtribe.fusionhub.signal;

import java.util.Optional;
import java.util.Set;

/** What one platform's words for status and priority mean, and which names its signals may use. */
public interface Words {

    /** A platform that uses the hub's own words. */
    Words OURS = new Words() {
        @Override
        public Optional<String> status(String part, String word) {
            return Optional.of(word);
        }

        @Override
        public Optional<String> priority(String part, String word) {
            return Optional.of(word);
        }
    };

    /**
     * Translates a status.
     *
     * @param part which of the platform's records shows it, or what else
     * @param word the platform's; empty when it does not say
     * @return {@code open}, {@code acknowledged}, {@code active}, {@code resolved}, or an empty text for a word that says
     *     nothing; nothing when the word is not known
     */
    Optional<String> status(String part, String word);

    /**
     * The platform's words that are known, for messages.
     *
     * @param field {@code status} or {@code priority}
     */
    default Set<String> known(String field, String part) {
        return Set.of();
    }

    /** Whether all that this table has is at hand: false until the account's list that belongs to it was read. */
    default boolean isComplete(String field, String part) {
        return true;
    }

    /** Whether the platform has a record of that name. */
    default boolean hasPart(String part) {
        return true;
    }

    /** Whether the platform tells first signs of that kind, such as {@code datadog.monitor}. */
    default boolean hasFirstSign(String source) {
        return true;
    }

    /** The same for a priority: {@code P1} to {@code P5}, or an empty text for none. */
    Optional<String> priority(String part, String word);
}
