package io.xtribe.fusionhub.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.nats.client.Connection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Header;

import io.xtribe.fusionhub.nats.NatsLink;

/**
 * Acknowledges a signal to JetStream, as the last step of the route that handled it. Only what was acknowledged is
 * gone; a failed, stopped or killed route leaves the signal to be delivered again. See docs/adr/0002.
 */
@Singleton
@Named("acknowledgement")
public class Acknowledgement {

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final byte[] ACK = "+ACK".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RETRY_LATER =
            ("-NAK {\"delay\":" + RETRY.toNanos() + "}").getBytes(StandardCharsets.US_ASCII);

    private final NatsLink nats;

    public Acknowledgement(NatsLink nats) {
        this.nats = nats;
    }

    /** The signal is durable, dead or noise: it need not come again. */
    public void accept(@Header("CamelNatsReplyTo") String replyTo) {
        nats.connection().publish(replyTo, ACK);
    }

    /** The signal could not be handled now: it is to come again soon. */
    public void retry(@Header("CamelNatsReplyTo") String replyTo) {
        var connection = nats.connection();
        if (connection.getStatus() == Connection.Status.CONNECTED) {
            connection.publish(replyTo, RETRY_LATER);
        }
    }
}
