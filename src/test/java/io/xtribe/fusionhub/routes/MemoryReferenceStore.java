package io.xtribe.fusionhub.routes;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.xtribe.fusionhub.incident.ReferenceStore;

/** Which incident a record belongs to, in memory. */
final class MemoryReferenceStore implements ReferenceStore {

    private final Map<String, String> owners = new ConcurrentHashMap<>();

    @Override
    public Optional<String> find(String platform, String part, String recordId) {
        return Optional.ofNullable(owners.get(key(platform, part, recordId)));
    }

    @Override
    public String claim(String platform, String part, String recordId, String correlationId) {
        var first = owners.putIfAbsent(key(platform, part, recordId), correlationId);
        return first == null ? correlationId : first;
    }

    private static String key(String platform, String part, String recordId) {
        return platform + "/" + part + "/" + recordId;
    }
}
