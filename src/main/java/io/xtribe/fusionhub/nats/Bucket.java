package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;

import io.xtribe.fusionhub.incident.StoreUnavailableException;

/**
 * A key-value bucket on NATS. A write that came too late, because another writer changed the key first, is no failure: it
 * yields empty, or false. Every method throws {@link StoreUnavailableException} when NATS is away or refuses.
 */
public final class Bucket {

    /** "wrong last sequence": another writer changed the key first. Only this code shows that. */
    private static final int CONFLICT = 10071;

    @FunctionalInterface
    private interface Call<T> {
        T run(KeyValue bucket) throws IOException, JetStreamApiException, InterruptedException;
    }

    private final NatsLink nats;
    private final String name;

    Bucket(NatsLink nats, String name) {
        this.nats = nats;
        this.name = name;
    }

    /** The key as it is now; empty where there is none. */
    public Optional<BucketEntry> find(String key) {
        return Optional.ofNullable(call("read " + key, bucket -> bucket.get(key)))
                .map(BucketEntry::of);
    }

    /** All keys. The server lists them one by one: not for buckets that hold many. */
    public List<String> keys() {
        return call("list its keys", KeyValue::keys);
    }

    /** The keys that fit a filter such as {@code ended.>}; of a large bucket only where few fit. */
    public List<String> keys(String filter) {
        return call("list its keys", bucket -> bucket.keys(filter));
    }

    /**
     * Writes a key that does not exist yet. Returns its revision, or empty when it exists.
     *
     * @throws IllegalArgumentException when the server does not take a value of this size
     */
    public OptionalLong create(String key, byte[] value) {
        return write(key, bucket -> bucket.create(key, value));
    }

    /**
     * Replaces the value that has this revision. Returns the new revision, or empty when there is another one by now.
     *
     * @throws IllegalArgumentException when the server does not take a value of this size
     */
    public OptionalLong update(String key, byte[] value, long revision) {
        return write(key, bucket -> bucket.update(key, value, revision));
    }

    /** Deletes the key if it still has this revision. */
    public boolean delete(String key, long revision) {
        return write(key, bucket -> {
                    bucket.delete(key, revision);
                    return revision;
                })
                .isPresent();
    }

    void put(String key, byte[] value) {
        call("write " + key, bucket -> bucket.put(key, value));
    }

    void delete(String key) {
        call("delete " + key, bucket -> {
            bucket.delete(key);
            return null;
        });
    }

    void purge(String key) {
        call("purge " + key, bucket -> {
            bucket.purge(key);
            return null;
        });
    }

    /** Removes the marks that deleted keys leave behind, and that watches would see for ever. */
    public void purgeDeletes() {
        call("purge deleted keys", bucket -> {
            bucket.purgeDeletes();
            return null;
        });
    }

    private OptionalLong write(String key, Call<Long> write) {
        try {
            return OptionalLong.of(call("write " + key, write));
        } catch (StoreUnavailableException e) {
            if (e.getCause() instanceof JetStreamApiException refused) {
                if (refused.getApiErrorCode() == CONFLICT) {
                    return OptionalLong.empty();
                }
                if (refused.getApiErrorCode() == RefusedByNatsException.TOO_LARGE) {
                    throw new IllegalArgumentException("NATS does not take a record of this size", e);
                }
            }
            throw e;
        }
    }

    private <T> T call(String what, Call<T> call) {
        try {
            return call.run(nats.keyValue(name));
        } catch (JetStreamApiException e) {
            throw new StoreUnavailableException("NATS refused to " + what + " in " + name + ": " + e.getMessage(), e);
        } catch (IOException | IllegalStateException e) {
            // IllegalStateException is the client's way to say that it is not connected.
            throw new StoreUnavailableException("NATS did not answer: cannot " + what + " in " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted: cannot " + what + " in " + name, e);
        }
    }
}
