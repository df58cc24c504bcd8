package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.StoreUnavailableException;

/** Reads messages that streams keep, one by one, and takes them out. For jobs: not for what has to be fast. */
@Singleton
public class StoredMessages {

    /**
     * A message as its stream keeps it.
     *
     * @param sequence its number in the stream
     */
    public record Stored(long sequence, String subject, Instant storedAt, byte[] data) {}

    /**
     * Which messages a stream keeps.
     *
     * @param first the smallest number; larger than {@code last} when there are none
     * @param last the largest number that was given so far
     * @param count how many there are
     */
    public record Range(long first, long last, long count) {}

    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException, JetStreamApiException;
    }

    /** "sequence not found" of a delete. */
    private static final int GONE = 10043;

    private final NatsLink nats;

    public StoredMessages(NatsLink nats) {
        this.nats = nats;
    }

    /**
     * The first message after a number on a subject; empty when there is none.
     *
     * @throws StoreUnavailableException when NATS does not answer
     */
    public Optional<Stored> next(String stream, String subject, long after) {
        return find(stream, () -> nats.management().getNextMessage(stream, after + 1, subject));
    }

    /** One message; empty when the stream does not keep it any more. */
    public Optional<Stored> find(String stream, long sequence) {
        return find(stream, () -> nats.management().getMessage(stream, sequence));
    }

    /** Takes a message out; nothing happens when it is gone. */
    public void remove(String stream, long sequence) {
        find(stream, () -> {
            nats.management().deleteMessage(stream, sequence, false);
            return null;
        });
    }

    /** How many messages a stream keeps. */
    public long count(String stream) {
        return range(stream).count();
    }

    /** Which messages a stream keeps. */
    public Range range(String stream) {
        try {
            var state = nats.management().getStreamInfo(stream).getStreamState();
            return new Range(state.getFirstSequence(), state.getLastSequence(), state.getMsgCount());
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw away(stream, e);
        }
    }

    private static Optional<Stored> find(String stream, Call<MessageInfo> call) {
        try {
            return Optional.ofNullable(call.run())
                    .map(found -> new Stored(
                            found.getSeq(),
                            found.getSubject(),
                            found.getTime().toInstant(),
                            found.getData() == null ? new byte[0] : found.getData()));
        } catch (JetStreamApiException e) {
            if (e.getErrorCode() == Provisioning.NOT_FOUND || e.getApiErrorCode() == GONE) {
                return Optional.empty();
            }
            throw away(stream, e);
        } catch (IOException | IllegalStateException e) {
            throw away(stream, e);
        }
    }

    private static StoreUnavailableException away(String stream, Exception failure) {
        return new StoreUnavailableException(
                "NATS does not give the messages of " + stream + ": " + failure.getMessage(), failure);
    }
}
