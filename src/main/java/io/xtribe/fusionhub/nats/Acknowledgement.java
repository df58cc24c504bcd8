package io.xtribe.fusionhub.nats;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.nats.client.Connection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Header;

/**
 * Acknowledges a signal to JetStream, as the last step of the route that handled it. NATS delivers
 * every signal that was not acknowledged again: one whose route failed, was stopped, or was killed. See docs/adr/0002.
 */
@Singleton
@Named("acknowledgement")
public class Acknowledgement {

    private static final byte[] ACK = "+ACK".getBytes(StandardCharsets.US_ASCII);

    private final NatsLink nats;
    private final UnfinishedDeliveries unfinished;
    private volatile long last = System.nanoTime();

    public Acknowledgement(NatsLink nats, UnfinishedDeliveries unfinished) {
        this.nats = nats;
        this.unfinished = unfinished;
    }

    /** The signal is stored, a dead letter or noise: it is not delivered again. */
    public void accept(@Header("CamelNatsReplyTo") String replyTo) {
        ended(replyTo);
        nats.connection().publish(replyTo, ACK);
        last = System.nanoTime();
    }

    /** The signal could not be handled now: it is delivered again after a wait. */
    public void retry(String replyTo, Duration delay) {
        var connection = nats.connection();
        if (connection.getStatus() == Connection.Status.CONNECTED) {
            ended(replyTo);
            connection.publish(
                    replyTo, ("-NAK {\"delay\":" + delay.toNanos() + "}").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** How long ago this hub acknowledged its last signal. */
    public Duration idle() {
        return Duration.ofNanos(System.nanoTime() - last);
    }

    private void ended(String replyTo) {
        if (!Delivery.isFirst(replyTo)) {
            Delivery.of(replyTo).ifPresent(unfinished::end);
        }
    }
}
