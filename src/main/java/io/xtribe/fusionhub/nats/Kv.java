package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueEntry;

import io.xtribe.fusionhub.incident.StoreUnavailableException;

/** Tells a lost race from a failure: the KV's only sign of the former is an error code. */
public final class Kv {

    /** "wrong last sequence": somebody else changed the key first. */
    private static final int CONFLICT = 10071;
    /** "message size exceeds maximum allowed": trying again does not help. */
    private static final int TOO_LARGE = 10054;

    /** A write that yields the new revision. */
    @FunctionalInterface
    public interface Write {
        long run() throws IOException, JetStreamApiException;
    }

    /** A read of one key; null when there is none. */
    @FunctionalInterface
    public interface Read {
        KeyValueEntry run() throws IOException, JetStreamApiException;
    }

    private Kv() {}

    /** The entry, or empty when there is none; {@code what} names it in the message of a failure. */
    public static Optional<KeyValueEntry> read(String what, Read read) {
        try {
            return Optional.ofNullable(read.run());
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new StoreUnavailableException("cannot read " + what, e);
        }
    }

    /** The new revision, or empty when somebody else was faster. */
    public static OptionalLong unlessConflict(Write write) {
        try {
            return OptionalLong.of(write.run());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == CONFLICT) {
                return OptionalLong.empty();
            }
            if (e.getApiErrorCode() == TOO_LARGE) {
                throw new IllegalArgumentException("NATS does not take a record of this size", e);
            }
            throw new StoreUnavailableException("NATS refused a write: " + e.getMessage(), e);
        } catch (IOException | IllegalStateException e) {
            // IllegalStateException is the client's way to say that it is not connected.
            throw new StoreUnavailableException("NATS did not answer a write", e);
        }
    }
}
