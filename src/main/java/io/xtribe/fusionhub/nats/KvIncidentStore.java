package io.xtribe.fusionhub.nats;

import java.util.Optional;
import java.util.OptionalLong;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.IncidentStore;

/** Incident records in the bucket {@code fusion-incidents}. */
@Singleton
@Typed(KvIncidentStore.class)
public class KvIncidentStore implements IncidentStore {

    private final NatsLink nats;

    public KvIncidentStore(NatsLink nats) {
        this.nats = nats;
    }

    @Override
    public Optional<Versioned> find(String id) {
        return Kv.read("incident " + id, () -> nats.bucket(Names.INCIDENTS_BUCKET)
                        .get(id))
                .map(entry -> new Versioned(IncidentJson.read(entry.getValue(), Incident.class), entry.getRevision()));
    }

    @Override
    public OptionalLong create(Incident incident) {
        return Kv.unlessConflict(
                () -> nats.bucket(Names.INCIDENTS_BUCKET).create(incident.id(), IncidentJson.write(incident)));
    }

    @Override
    public OptionalLong replace(Incident incident, long revision) {
        return Kv.unlessConflict(() ->
                nats.bucket(Names.INCIDENTS_BUCKET).update(incident.id(), IncidentJson.write(incident), revision));
    }
}
