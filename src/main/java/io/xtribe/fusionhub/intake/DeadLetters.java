package io.xtribe.fusionhub.intake;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.Publisher;
import io.xtribe.fusionhub.nats.RefusedByNatsException;

/** Keeps what could not be understood or applied, with the reason; it can be replayed after mending. */
@Singleton
@Named("deadLetters")
public class DeadLetters {

    /** NATS header that repeats the reason, so that a list of letters can be read at a glance. */
    public static final String REASON = "Fusion-Reason";

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final String UNKNOWN = "unknown";
    /** What a message needs beside its payload: the protocol line, the two headers. */
    private static final int OVERHEAD = 1024;

    private final Publisher publisher;
    private final MeterRegistry metrics;
    private final Set<String> sources;

    public DeadLetters(Publisher publisher, MeterRegistry metrics, FusionConfig config) {
        this.publisher = publisher;
        this.metrics = metrics;
        this.sources = Set.copyOf(config.platforms());
    }

    /**
     * Stores a dead letter; returns when it is durable. What the server refuses with its body is stored without.
     *
     * @throws RefusedByNatsException when the server refuses it without its body, too
     * @throws IOException when NATS does not answer
     */
    public void bury(DeadLetter letter) throws IOException {
        var source = sources.contains(letter.source()) ? letter.source() : UNKNOWN;
        var id = letter.newId();
        var limit = (int) Math.max(0, publisher.largestMessage() - OVERHEAD);
        boolean stored;
        try {
            stored = store(id, source, letter, limit);
        } catch (RefusedByNatsException | IllegalArgumentException refused) {
            LOG.debugf(refused, "A dead letter of %d bytes is stored without its body", limit);
            stored = store(id, source, letter, 0);
        }
        if (stored) {
            metrics.counter("fusion.signals", "source", source, "outcome", "dead-letter")
                    .increment();
            metrics.counter(
                            "fusion.dead.letters",
                            "source",
                            source,
                            "class",
                            letter.letterClass().wireName())
                    .increment();
            LOG.warnf(
                    "A %s of %s became a dead letter (%s): %s. To do: %s",
                    letter.content() == DeadLetter.Content.SIGNAL ? "signal" : "webhook",
                    source,
                    letter.letterClass().wireName(),
                    letter.reason(),
                    letter.remedy());
        }
    }

    /** False when the stream has it already. */
    private boolean store(String id, String source, DeadLetter letter, int limit) throws IOException {
        // A NATS header takes printable ASCII only.
        var reason = letter.reason().replaceAll("[^\\x20-\\x7e]", "?");
        return publisher.publish(
                Names.deadLetters(source),
                id,
                Map.of(REASON, reason),
                letter.toBytes(id, source, Instant.now().truncatedTo(ChronoUnit.MILLIS), limit));
    }
}
