package io.xtribe.fusionhub.signal;

import java.time.Instant;

/**
 * What somebody wrote on a platform's record.
 *
 * @param id the platform's id of it; with {@code ~} before it one that the hub made up, since the platform told none
 * @param at when, by the platform's clock; {@link Instant#EPOCH} where it does not say
 * @param author who, as people know them, or empty
 * @param text plain text, never blank, at most {@link Comments#TEXT_LIMIT} characters
 * @param isPublic whether the customer sees it
 */
public record Comment(String id, Instant at, String author, String text, boolean isPublic) {

    /** Begins the id of a comment of which only its delivery is known. */
    static final String MADE_UP = "~";

    /** Whether the platform told no id. The same comment may then be told again under the platform's own. */
    public boolean hasMadeUpId() {
        return id.startsWith(MADE_UP);
    }
}
