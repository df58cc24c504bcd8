package io.xtribe.fusionhub.incident;

import java.util.Optional;

/**
 * Remembers for a day what ended while no incident knew it, so that a beginning that comes late opens nothing. Same
 * failures as {@link IncidentStore}.
 */
public interface EndStore {

    /** The end of what would have this correlation id. */
    Optional<End> find(String id);

    /** Remembers an end, durably, unless a later one is remembered already. */
    void remember(String id, End end);
}
