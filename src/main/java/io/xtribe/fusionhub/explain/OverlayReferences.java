package io.xtribe.fusionhub.explain;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.xtribe.fusionhub.incident.ReferenceStore;

/** References as another store has them, with what is claimed and released here in memory only. */
final class OverlayReferences implements ReferenceStore {

    private record Key(String platform, String part, String recordId) {}

    private final ReferenceStore below;
    /** By record, whose it is; empty where it was released. */
    private final Map<Key, Optional<String>> changed = new ConcurrentHashMap<>();

    OverlayReferences(ReferenceStore below) {
        this.below = below;
    }

    @Override
    public Optional<String> find(String platform, String part, String recordId) {
        var own = changed.get(new Key(platform, part, recordId));
        return own == null ? below.find(platform, part, recordId) : own;
    }

    @Override
    public String claim(String platform, String part, String recordId, String correlationId) {
        var owner = find(platform, part, recordId).orElse(correlationId);
        changed.put(new Key(platform, part, recordId), Optional.of(owner));
        return owner;
    }

    @Override
    public void release(String platform, String part, String recordId, String correlationId) {
        find(platform, part, recordId)
                .filter(correlationId::equals)
                .ifPresent(owner -> changed.put(new Key(platform, part, recordId), Optional.empty()));
    }
}
