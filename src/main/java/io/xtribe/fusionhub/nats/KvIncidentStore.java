package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueEntry;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.StoreUnavailableException;

/** Incident records in the bucket {@code fusion-incidents}. */
@Singleton
public class KvIncidentStore implements IncidentStore {

    private final NatsLink nats;

    public KvIncidentStore(NatsLink nats) {
        this.nats = nats;
    }

    @Override
    public Optional<Versioned> find(String id) {
        return Optional.ofNullable(entry(id))
                .map(entry -> new Versioned(IncidentJson.read(entry.getValue(), Incident.class), entry.getRevision()));
    }

    private KeyValueEntry entry(String id) {
        try {
            return nats.bucket(Names.INCIDENTS_BUCKET).get(id);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new StoreUnavailableException("cannot read incident " + id, e);
        }
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
