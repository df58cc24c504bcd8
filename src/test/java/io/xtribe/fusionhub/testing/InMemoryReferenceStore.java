package io.xtribe.fusionhub.testing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.xtribe.fusionhub.incident.ReferenceStore;

/** Claims in memory: the first keeps the record. */
public final class InMemoryReferenceStore implements ReferenceStore {
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    @Override
    public Optional<String> find(String platform, String part, String recordId) {
        return Optional.ofNullable(owners.get(key(platform, part, recordId)));
    }

    @Override
    public String claim(String platform, String part, String recordId, String correlationId) {
        var earlier = owners.putIfAbsent(key(platform, part, recordId), correlationId);
        return earlier == null ? correlationId : earlier;
    }

    @Override
    public void release(String platform, String part, String recordId, String correlationId) {
        owners.remove(key(platform, part, recordId), correlationId);
    }

    private static String key(String platform, String part, String recordId) {
        return platform + "/" + part + "/" + recordId;
    }
}
