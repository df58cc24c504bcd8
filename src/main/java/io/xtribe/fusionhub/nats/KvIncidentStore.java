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
        return bucket().find(id)
                .map(entry -> new Versioned(IncidentJson.read(entry.value(), Incident.class), entry.revision()));
    }

    @Override
    public OptionalLong create(Incident incident) {
        return bucket().create(incident.id(), IncidentJson.write(incident));
    }

    @Override
    public OptionalLong replace(Incident incident, long revision) {
        return bucket().update(incident.id(), IncidentJson.write(incident), revision);
    }

    private Bucket bucket() {
        return nats.bucket(Names.INCIDENTS_BUCKET);
    }
}
