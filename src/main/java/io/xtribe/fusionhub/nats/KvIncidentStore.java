package io.xtribe.fusionhub.nats;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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

    private static final int MOST = 256;

    /** A record that was written here, and its bytes. */
    private record Written(byte[] bytes, Incident incident) {}

    private final NatsLink nats;
    /** The last ones: what is read back as it was written need not be parsed. */
    private final Map<String, Written> written = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Written> eldest) {
            return size() > MOST;
        }
    });

    public KvIncidentStore(NatsLink nats) {
        this.nats = nats;
    }

    @Override
    public Optional<Versioned> find(String id) {
        return bucket().find(id).map(entry -> new Versioned(read(id, entry.value()), entry.revision()));
    }

    private Incident read(String id, byte[] bytes) {
        var last = written.get(id);
        return last != null && Arrays.equals(last.bytes(), bytes)
                ? last.incident()
                : IncidentJson.read(bytes, Incident.class);
    }

    @Override
    public OptionalLong create(Incident incident) {
        return bucket().create(incident.id(), bytes(incident));
    }

    @Override
    public OptionalLong replace(Incident incident, long revision) {
        return bucket().update(incident.id(), bytes(incident), revision);
    }

    private byte[] bytes(Incident incident) {
        var bytes = IncidentJson.write(incident);
        written.remove(incident.id());
        written.put(incident.id(), new Written(bytes, incident));
        return bytes;
    }

    private Bucket bucket() {
        return nats.bucket(Names.INCIDENTS_BUCKET);
    }
}
