package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import jakarta.inject.Singleton;

/** Stores messages in streams, each once as far as the stream's duplicate window reaches. */
@Singleton
public class Publisher {

    /** Bytes that a message needs beside its payload: the protocol line and the headers. */
    private static final int OVERHEAD = 1_024;

    private static final Duration FLUSH = Duration.ofSeconds(2);

    private final NatsLink nats;

    public Publisher(NatsLink nats) {
        this.nats = nats;
    }

    /** The largest payload that the server takes beside its headers, in bytes; no limit where the server names none. */
    public int largestMessage() {
        var most = nats.connection().getServerInfo().getMaxPayload();
        return most <= 0 ? Integer.MAX_VALUE : (int) Math.max(0, Math.min(most, Integer.MAX_VALUE) - OVERHEAD);
    }

    /**
     * Stores a message and waits until the server has it, 2 s at most.
     *
     * @param id by which the stream knows a message that it has already
     * @param headers printable ASCII
     * @return false when the stream had it already
     * @throws RefusedByNatsException when the server answers that it does not store it
     * @throws IllegalArgumentException when the client knows that the server does not take a message of this size
     * @throws IOException when NATS does not answer
     * @throws IllegalStateException when not connected
     */
    public boolean publish(String subject, String id, Map<String, String> headers, byte[] message) throws IOException {
        var all = new Headers();
        headers.forEach(all::put);
        try {
            return !nats.jetStream()
                    .publish(
                            NatsMessage.builder()
                                    .subject(subject)
                                    .headers(all)
                                    .data(message)
                                    .build(),
                            withId(id))
                    .isDuplicate();
        } catch (JetStreamApiException e) {
            throw new RefusedByNatsException("not stored on " + subject, e);
        }
    }

    /** The same without waiting: the future ends when the server has it, or fails. */
    public CompletableFuture<?> publishAsync(String subject, String id, byte[] message) {
        return nats.jetStream().publishAsync(subject, message, withId(id));
    }

    /**
     * Tells whoever listens now, at most once: no stream keeps it.
     *
     * @throws IllegalStateException when not connected
     */
    public void tell(String subject, byte[] message) {
        nats.connection().publish(subject, message);
    }

    /**
     * The same, and waits until the server has it, 2 s at most: for a process that ends then.
     *
     * @throws IOException when the server does not answer
     */
    public void tellAndFlush(String subject, byte[] message) throws IOException, InterruptedException {
        tell(subject, message);
        try {
            nats.connection().flush(FLUSH);
        } catch (TimeoutException e) {
            throw new IOException("the server does not answer", e);
        }
    }

    private static PublishOptions withId(String id) {
        return PublishOptions.builder().messageId(id).build();
    }
}
