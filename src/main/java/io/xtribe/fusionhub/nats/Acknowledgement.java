package io.xtribe.fusionhub.nats;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.nats.client.Connection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Header;

/**
 * Acknowledges a signal to JetStream, as the last step of the route that handled it. Only what was acknowledged is
 * gone; a failed, stopped or killed route leaves the signal to be delivered again. See docs/adr/0002.
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

    /** The signal is durable, dead or noise: it need not come again. */
    public void accept(@Header("CamelNatsReplyTo") String replyTo) {
        ended(replyTo);
        nats.connection().publish(replyTo, ACK);
        last = System.nanoTime();
    }

    /** The signal could not be handled now: it is to come again after a while. */
    public void retry(String replyTo, Duration delay) {
        var connection = nats.connection();
        if (connection.getStatus() == Connection.Status.CONNECTED) {
            ended(replyTo);
            connection.publish(
                    replyTo, ("-NAK {\"delay\":" + delay.toNanos() + "}").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** How long this hub has acknowledged nothing. */
    public Duration idle() {
        return Duration.ofNanos(System.nanoTime() - last);
    }

    private void ended(String replyTo) {
        if (!Delivery.isFirst(replyTo)) {
            Delivery.of(replyTo).ifPresent(unfinished::end);
        }
    }
}
