package io.xtribe.fusionhub.explain;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;

/** The incidents that there were at a time, as they stand today: later ones are opened anew by the signals that follow. */
record KnownBefore(IncidentStore below, Instant time) implements IncidentStore {

    @Override
    public Optional<Versioned> find(String id) {
        return below.find(id).filter(found -> found.incident().receivedAt().isBefore(time));
    }

    @Override
    public OptionalLong create(Incident incident) {
        throw new UnsupportedOperationException("it is only read");
    }

    @Override
    public OptionalLong replace(Incident incident, long revision) {
        throw new UnsupportedOperationException("it is only read");
    }
}
