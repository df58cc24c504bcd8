package io.xtribe.fusionhub.nats;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.ReferenceStore;

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
        return bucket().find(key).map(BucketEntry::text);
    }

    @Override
    public String claim(String platform, String part, String recordId, String correlationId) {
        var key = key(platform, part, recordId);
        var value = correlationId.getBytes(StandardCharsets.UTF_8);
        var created = bucket().create(key, value);
        return created.isPresent()
                ? correlationId
                : find(platform, part, recordId).orElse(correlationId);
    }

    @Override
    public void release(String platform, String part, String recordId, String correlationId) {
        var key = key(platform, part, recordId);
        bucket().find(key).filter(entry -> entry.text().equals(correlationId)).ifPresent(entry -> bucket().delete(
                        key, entry.revision()));
    }

    private Bucket bucket() {
        return nats.bucket(Names.REFS_BUCKET);
    }

    /** Platform ids are foreign text, and a key may hold only a few characters. */
    private static String key(String platform, String part, String recordId) {
        var id = Base64.getUrlEncoder().withoutPadding().encodeToString(recordId.getBytes(StandardCharsets.UTF_8));
        return platform + "." + part + "." + id;
    }
}
