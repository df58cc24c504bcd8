package io.xtribe.fusionhub.intake;

import java.io.IOException;

import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.JetStreamApiException;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;

/** Keeps what could not be understood or applied, unchanged, with the reason; it can be replayed after mending. */
@Singleton
@Named("deadLetters")
public class DeadLetters {

    /** NATS header that holds the reason. */
    public static final String REASON = "Fusion-Reason";

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final NatsLink nats;
    private final MeterRegistry metrics;

    public DeadLetters(NatsLink nats, MeterRegistry metrics) {
        this.nats = nats;
        this.metrics = metrics;
    }

    /**
     * Stores a dead letter; returns when it is durable.
     *
     * @throws IOException when NATS does not answer
     */
    public void bury(String source, byte[] content, String reason) throws IOException, JetStreamApiException {
        var headers = new Headers();
        // A NATS header takes printable ASCII only.
        headers.put(REASON, reason.replaceAll("[^\\x20-\\x7e]", "?"));
        nats.jetStream()
                .publish(NatsMessage.builder()
                        .subject(Names.deadLetters(source))
                        .headers(headers)
                        .data(content)
                        .build());
        metrics.counter("fusion.signals", "source", source, "outcome", "dead-letter")
                .increment();
        LOG.warnf("A signal of %s became a dead letter: %s", source, reason);
    }

    /** The same for a route: buries the signal as it came, for the reason that the exception gives. */
    public void buryFailed(
            @ExchangeProperty("original") byte[] original,
            @ExchangeProperty("source") String source,
            @ExchangeException Exception failure)
            throws IOException, JetStreamApiException {
        bury(source == null ? "unknown" : source, original, String.valueOf(failure.getMessage()));
    }
}
