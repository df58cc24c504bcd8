package io.xtribe.fusionhub.intake;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.metrics.Counters;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.Publisher;
import io.xtribe.fusionhub.nats.RefusedByNatsException;

/** Keeps what could not be understood or applied, with the reason. It can be replayed once the cause is corrected. */
@Singleton
@Named("deadLetters")
public class DeadLetters {

    /** NATS header that repeats the reason, so that a list of letters shows it. */
    public static final String REASON = "Fusion-Reason";

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final Publisher publisher;
    private final Outcomes outcomes;
    private final Counters letters;
    private final SourceLabels labels;

    public DeadLetters(Publisher publisher, MeterRegistry metrics, FusionConfig config) {
        this.publisher = publisher;
        this.outcomes = new Outcomes(metrics);
        this.letters = new Counters(metrics, "fusion.dead.letters", "Dead letters that were stored", "source", "class");
        this.labels = new SourceLabels(config.platforms());
    }

    /**
     * Stores a dead letter; returns when it is durable. One that the server refuses for its size is stored without its body.
     *
     * @throws RefusedByNatsException when the server refuses it for another reason, or without its body, too
     * @throws IOException when NATS does not answer
     */
    public void store(DeadLetter letter) throws IOException {
        var source = labels.of(letter.source());
        if (store(source, letter)) {
            var letterClass = letter.letterClass().wireName();
            outcomes.counter(source, Outcomes.UNREAD, "dead-letter", letterClass)
                    .increment();
            letters.of(source, letterClass).increment();
            LOG.warnf(
                    "A %s of %s became a dead letter (%s): %s. To do: %s",
                    letter.content() == DeadLetter.Content.SIGNAL ? "signal" : "webhook",
                    source,
                    letterClass,
                    letter.reason(),
                    letter.remedy());
        }
    }

    private boolean store(String source, DeadLetter letter) throws IOException {
        var id = letter.id();
        try {
            return store(id, source, letter, publisher.largestMessage());
        } catch (IllegalArgumentException tooLarge) {
            return storeWithoutBody(id, source, letter, tooLarge);
        } catch (RefusedByNatsException refused) {
            if (refused.isTooLarge()) {
                return storeWithoutBody(id, source, letter, refused);
            }
            throw refused;
        }
    }

    private boolean storeWithoutBody(String id, String source, DeadLetter letter, Exception refusal)
            throws IOException {
        LOG.debugf(
                refusal,
                "A dead letter is stored without its body of %d bytes: the server does not take a message of that size",
                letter.body().length);
        return store(id, source, letter, 0);
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
