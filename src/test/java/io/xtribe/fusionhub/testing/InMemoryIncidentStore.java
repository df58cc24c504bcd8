package io.xtribe.fusionhub.testing;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.StoreUnavailableException;

/** Records in memory, each as it was read back from JSON, so that what cannot be written or read shows at once. */
public final class InMemoryIncidentStore implements IncidentStore {
    private final Map<String, Versioned> entries = new TreeMap<>();
    private final Queue<Versioned> remembered = new ArrayDeque<>();
    private long revision;
    private boolean away;
    private int failing;

    @Override
    public synchronized Optional<Versioned> find(String id) {
        check();
        return Optional.ofNullable(entries.get(id));
    }

    @Override
    public synchronized Optional<Versioned> recent(String id) {
        return Optional.ofNullable(remembered.poll()).or(() -> find(id));
    }

    @Override
    public synchronized OptionalLong create(Incident incident) {
        check();
        return entries.containsKey(incident.id()) ? OptionalLong.empty() : put(incident);
    }

    @Override
    public synchronized OptionalLong replace(Incident incident, long expected) {
        check();
        var entry = entries.get(incident.id());
        return entry == null || entry.revision() != expected ? OptionalLong.empty() : put(incident);
    }

    /** The record as it stands. */
    public Incident get(String id) {
        return find(id).orElseThrow().incident();
    }

    public synchronized int size() {
        return entries.size();
    }

    /** How many writes there have been. */
    public synchronized long revision() {
        return revision;
    }

    /** What a hub remembers, the next so many times that it asks for a recent state. */
    public synchronized void remember(Versioned state, int times) {
        remembered.addAll(Collections.nCopies(times, state));
    }

    /** Whether to fail as a store does that cannot be reached. */
    public synchronized void setAway(boolean isAway) {
        away = isAway;
    }

    /** Fails the next so many calls, as between two leaders of a bucket. */
    public synchronized void failNext(int calls) {
        failing = calls;
    }

    private void check() {
        if (away || failing-- > 0) {
            throw new StoreUnavailableException("NATS is away", null);
        }
    }

    private OptionalLong put(Incident incident) {
        revision++;
        var stored = IncidentJson.read(IncidentJson.write(incident), Incident.class);
        entries.put(incident.id(), new Versioned(stored, revision));
        return OptionalLong.of(revision);
    }
}
