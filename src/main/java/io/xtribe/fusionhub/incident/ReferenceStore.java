package io.xtribe.fusionhub.incident;

import java.util.Optional;

/** Finds the incident of a platform's record. Same failures as {@link IncidentStore}. */
public interface ReferenceStore {

    /** The correlation id that a record belongs to. */
    Optional<String> find(String platform, String part, String recordId);

    /** Remembers a record; the first incident that claims it keeps it. Returns the id of the one that has it. */
    String claim(String platform, String part, String recordId, String correlationId);

    /** Forgets a record, if it is this incident's. */
    void release(String platform, String part, String recordId, String correlationId);
}
