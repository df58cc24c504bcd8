package io.xtribe.fusionhub.explain;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.xtribe.fusionhub.intake.Envelopes;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.SafeText;

/** Makes of what somebody asks about the event that a hub would be given: a CloudEvent is one, a webhook is put into its envelope. */
final class ExplainedEvent {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Envelopes envelopes;
    private final Collection<String> sources;

    /** @param sources the platforms that take part */
    ExplainedEvent(Envelopes envelopes, Collection<String> sources) {
        this.envelopes = envelopes;
        this.sources = new TreeSet<>(sources);
    }

    /**
     * The event.
     *
     * @param source the platform whose webhook it is; empty for a CloudEvent, which says it itself
     * @param remarks told what differs from what was sent
     * @throws IllegalArgumentException when it is not said whose webhook it is, or no such platform takes part
     * @throws InvalidSignalException when the webhook endpoint would make it a dead letter
     */
    byte[] of(byte[] body, String source, Instant at, Consumer<String> remarks) {
        if (source.isEmpty()) {
            if (isCloudEvent(body)) {
                return body;
            }
            throw new IllegalArgumentException(
                    "it is no CloudEvent, so it has to be said whose webhook it is: source is one of " + sources);
        }
        if (!sources.contains(source)) {
            throw new IllegalArgumentException("source " + SafeText.quoted(source) + " is not one of " + sources);
        }
        if (isCloudEvent(body)) {
            throw new IllegalArgumentException("it is a CloudEvent, which says its source itself: leave source out");
        }
        return envelopes.ofWebhook(source, body, at, remarks);
    }

    private static boolean isCloudEvent(byte[] body) {
        try {
            JsonNode read = JSON.readTree(body);
            return read != null && read.has("specversion") && read.has("source");
        } catch (IOException e) {
            return false;
        }
    }
}
