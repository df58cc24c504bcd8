package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import jakarta.inject.Singleton;

/** Stores messages in streams, each once as far as the stream's duplicate window reaches. */
@Singleton
public class Publisher {

    private final NatsLink nats;

    public Publisher(NatsLink nats) {
        this.nats = nats;
    }

    /** The largest message that the server takes, in bytes; 0 or less when it does not say. */
    public long largestMessage() {
        return nats.connection().getServerInfo().getMaxPayload();
    }

    /**
     * Stores a message and waits until the server has it, 2 s at most.
     *
     * @param id by which the stream knows a message that it has already
     * @param headers printable ASCII
     * @return false when the stream has had it already
     * @throws RefusedByNatsException when the server answers that it does not store it
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

    private static PublishOptions withId(String id) {
        return PublishOptions.builder().messageId(id).build();
    }
}
