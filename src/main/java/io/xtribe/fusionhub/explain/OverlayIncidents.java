package io.xtribe.fusionhub.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;

/** Records as another store has them, with what is changed here in memory only. */
final class OverlayIncidents implements IncidentStore {

    private final IncidentStore below;
    private final Map<String, Versioned> changed = new LinkedHashMap<>();
    private Map<String, Versioned> asBegun = Map.of();
    private String touched = "";

    OverlayIncidents(IncidentStore below) {
        this.below = below;
    }

    /** From now on it is asked what becomes of them. */
    synchronized void begin() {
        asBegun = Map.copyOf(changed);
        touched = "";
    }

    /** The incident that was changed last, or that was to be, since it began; empty where there was none. */
    synchronized String touched() {
        return touched;
    }

    /** A record as it was when it began. */
    synchronized Optional<Incident> before(String id) {
        return Optional.ofNullable(asBegun.get(id)).or(() -> below.find(id)).map(Versioned::incident);
    }

    @Override
    public synchronized Optional<Versioned> find(String id) {
        return Optional.ofNullable(changed.get(id))
                .or(() -> below.find(id).map(found -> new Versioned(found.incident(), 0)));
    }

    @Override
    public synchronized OptionalLong create(Incident incident) {
        touched = incident.id();
        return find(incident.id()).isPresent() ? OptionalLong.empty() : put(incident, 1);
    }

    @Override
    public synchronized OptionalLong replace(Incident incident, long revision) {
        touched = incident.id();
        return find(incident.id()).filter(found -> found.revision() == revision).isPresent()
                ? put(incident, revision + 1)
                : OptionalLong.empty();
    }

    @Override
    public Versioned change(String id, java.util.function.UnaryOperator<Incident> change) {
        synchronized (this) {
            touched = id;
        }
        return IncidentStore.super.change(id, change);
    }

    private OptionalLong put(Incident incident, long revision) {
        changed.put(incident.id(), new Versioned(incident, revision));
        return OptionalLong.of(revision);
    }
}
