package io.xtribe.fusionhub.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.Publisher;
import io.xtribe.fusionhub.nats.RefusedByNatsException;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.signal.DeadLetterClass;
import io.xtribe.fusionhub.signal.InvalidSignalException;

/**
 * The entrance for what polls have found: each becomes a signal on NATS, in the envelope and with the enrichment of a webhook,
 * and is taken in as one.
 */
@Singleton
public class PolledSignals {

    /** In the id of a signal that a poll has found, behind the platform's name. */
    private static final String MARK = ":poll:";
    /**
     * Something that a poll has found.
     *
     * @param id the same as long as the vendor tells the same of it
     * @param data in the form of the platform's webhooks
     */
    public record Polled(String id, JsonNode data) {}

    private final Publisher publisher;
    private final DeadLetters deadLetters;
    private final Envelopes envelopes;

    public PolledSignals(Publisher publisher, DeadLetters deadLetters, Envelopes envelopes) {
        this.publisher = publisher;
        this.deadLetters = deadLetters;
        this.envelopes = envelopes;
    }

    /** Whether a signal of that id was found by a poll. */
    static boolean isOne(String signalId) {
        return signalId.contains(MARK);
    }

    /**
     * Stores them one after the other, so that they keep their order. What was stored before a failure is stored: the poll
     * finds it again, and a signal that is told twice changes nothing.
     *
     * @throws StoreUnavailableException when NATS does not store one within its time
     */
    public void store(String platform, List<Polled> found) {
        for (var one : found) {
            store(platform, one);
        }
    }

    private void store(String platform, Polled one) {
        var body = one.data().toString().getBytes(StandardCharsets.UTF_8);
        try {
            var event = event(platform, one);
            try {
                publisher.publish(Names.signals(platform), event.id(), Map.of(), event.toBytes());
            } catch (RefusedByNatsException e) {
                if (!e.isTooLarge()) {
                    throw e;
                }
                bury(platform, body, e);
            } catch (IllegalArgumentException e) {
                bury(platform, body, e);
            }
        } catch (IOException | IllegalStateException e) {
            throw new StoreUnavailableException("what was polled of " + platform + " could not be stored", e);
        }
    }

    private void bury(String platform, byte[] body, Exception tooLarge) throws IOException {
        deadLetters.store(DeadLetter.ofWebhook(
                platform,
                body,
                new InvalidSignalException(
                        DeadLetterClass.TOO_LARGE,
                        "what was polled is larger than NATS takes",
                        "raise max_payload of the server, then let it be sent again",
                        tooLarge)));
    }

    private CloudEvent event(String platform, Polled one) {
        return envelopes.of(platform, Envelopes.id(platform + MARK, one.id()), one.data());
    }
}
