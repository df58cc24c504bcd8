package io.xtribe.fusionhub.nats;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;

/**
 * A key of a bucket at one revision.
 *
 * @param value what is stored, null where the key was deleted
 * @param revision grows with every write to the bucket
 * @param storedAt when it was stored, by the server's clock
 * @param isPresent false where the key was deleted, which only a {@link BucketWatch} shows
 */
public record BucketEntry(String key, byte[] value, long revision, Instant storedAt, boolean isPresent) {

    static BucketEntry of(KeyValueEntry entry) {
        return new BucketEntry(
                entry.getKey(),
                entry.getValue(),
                entry.getRevision(),
                entry.getCreated().toInstant(),
                entry.getOperation() == KeyValueOperation.PUT);
    }

    String text() {
        return new String(value, StandardCharsets.UTF_8);
    }
}
