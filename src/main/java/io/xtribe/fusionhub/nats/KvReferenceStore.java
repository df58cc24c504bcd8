package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import io.nats.client.JetStreamApiException;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.StoreUnavailableException;

/** Platform records in the bucket {@code fusion-refs}: {@code <platform>.<part>.<base64url of the id>} to our id. */
@Singleton
public class KvReferenceStore implements ReferenceStore {

    private final NatsLink nats;

    public KvReferenceStore(NatsLink nats) {
        this.nats = nats;
    }

    @Override
    public Optional<String> find(String platform, String part, String recordId) {
        var key = key(platform, part, recordId);
        return Kv.read("reference " + key, () -> nats.bucket(Names.REFS_BUCKET).get(key))
                .map(found -> found.getValueAsString());
    }

    @Override
    public String claim(String platform, String part, String recordId, String correlationId) {
        var key = key(platform, part, recordId);
        var value = correlationId.getBytes(StandardCharsets.UTF_8);
        var created = Kv.unlessConflict(() -> nats.bucket(Names.REFS_BUCKET).create(key, value));
        return created.isPresent()
                ? correlationId
                : find(platform, part, recordId).orElse(correlationId);
    }

    /** Forgets a record. */
    public void forget(String platform, String part, String recordId) {
        try {
            nats.bucket(Names.REFS_BUCKET).delete(key(platform, part, recordId));
        } catch (IOException | JetStreamApiException e) {
            throw new StoreUnavailableException("cannot delete a reference", e);
        }
    }

    /** Platform ids are foreign text, and a key may hold only a few characters. */
    private static String key(String platform, String part, String recordId) {
        var id = Base64.getUrlEncoder().withoutPadding().encodeToString(recordId.getBytes(StandardCharsets.UTF_8));
        return platform + "." + part + "." + id;
    }
}
