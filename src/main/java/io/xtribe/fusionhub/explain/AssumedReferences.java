package io.xtribe.fusionhub.explain;

import java.util.Optional;

import io.xtribe.fusionhub.incident.ReferenceStore;

/** For records that answers of cases tell of: each is the incident's that asks, since all incidents are answered with the same ids. */
record AssumedReferences(ReferenceStore below) implements ReferenceStore {

    @Override
    public Optional<String> find(String platform, String part, String recordId) {
        return below.find(platform, part, recordId);
    }

    @Override
    public String claim(String platform, String part, String recordId, String correlationId) {
        return correlationId;
    }

    @Override
    public void release(String platform, String part, String recordId, String correlationId) {
        // It was never claimed.
    }
}
