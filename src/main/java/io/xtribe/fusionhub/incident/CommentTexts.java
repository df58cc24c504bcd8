package io.xtribe.fusionhub.incident;

import java.util.Optional;

/**
 * The texts of comments, which the record of an incident has no room for: docs/adr/0025. Kept before the record tells of them.
 * Same failures as {@link IncidentStore}.
 */
public interface CommentTexts {

    /**
     * What is kept of a comment.
     *
     * @param author who wrote it, or empty
     * @param text what they wrote
     */
    record Words(String author, String text) {}

    /** Keeps a comment's words. Harmless when they are there already. */
    void keep(String incidentId, String key, Words words);

    /** A comment's words; empty when they are not kept any more. */
    Optional<Words> find(String incidentId, String key);
}
