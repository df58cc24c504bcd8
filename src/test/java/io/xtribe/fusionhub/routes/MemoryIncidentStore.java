package io.xtribe.fusionhub.routes;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.StoreUnavailableException;

/** Incident records in memory, which may be switched off as if NATS were away. */
final class MemoryIncidentStore implements IncidentStore {

    private final Map<String, Versioned> records = new ConcurrentHashMap<>();
    volatile boolean down;

    Incident get(String id) {
        return records.get(id).incident();
    }

    int size() {
        return records.size();
    }

    @Override
    public Optional<Versioned> find(String id) {
        check();
        return Optional.ofNullable(records.get(id));
    }

    @Override
    public OptionalLong create(Incident incident) {
        check();
        return records.putIfAbsent(incident.id(), new Versioned(incident, 1)) == null
                ? OptionalLong.of(1)
                : OptionalLong.empty();
    }

    @Override
    public OptionalLong replace(Incident incident, long revision) {
        check();
        var next = new Versioned(incident, revision + 1);
        var stored = records.computeIfPresent(
                incident.id(), (id, current) -> current.revision() == revision ? next : current);
        return stored == next ? OptionalLong.of(next.revision()) : OptionalLong.empty();
    }

    private void check() {
        if (down) {
            throw new StoreUnavailableException("NATS is away", null);
        }
    }
}
