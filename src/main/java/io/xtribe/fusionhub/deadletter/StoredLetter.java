package io.xtribe.fusionhub.deadletter;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.nats.StoredMessages;

/**
 * A dead letter as its stream keeps it; its form is docs/schemas/dead-letter.schema.json.
 *
 * @param sequence its number in the stream of dead letters
 * @param id the same for every letter of the same signal or webhook
 * @param source the platform that spoke; {@code unknown} where that is not sure
 * @param isSignal whether the body is a signal, else what a platform sent
 * @param letterClass the kind of reason
 * @param at when it was stored
 * @param deliveries how often the signal had been delivered
 * @param body the bytes that are kept
 * @param bodyBytes how many bytes the whole body has
 * @param isCut whether the body is not the whole
 * @param cutFrom the number of the whole signal in the stream of signals, where the body was cut; else 0
 */
public record StoredLetter(
        long sequence,
        String id,
        String source,
        boolean isSignal,
        String letterClass,
        String reason,
        String remedy,
        Instant at,
        int deliveries,
        byte[] body,
        long bodyBytes,
        boolean isCut,
        long cutFrom) {

    /** @throws IllegalArgumentException when it is not in that form */
    public static StoredLetter of(StoredMessages.Stored stored) {
        try {
            var node = IncidentJson.mapper().readTree(stored.data());
            if (!node.path("id").isTextual() || !node.path("bodyBase64").isTextual()) {
                throw new IllegalArgumentException("it has no id or no body");
            }
            var body = Base64.getDecoder().decode(node.path("bodyBase64").asText());
            return new StoredLetter(
                    stored.sequence(),
                    node.path("id").asText(),
                    node.path("source").asText(),
                    "signal".equals(node.path("content").asText()),
                    node.path("class").asText(),
                    node.path("reason").asText(),
                    node.path("remedy").asText(),
                    time(node, stored.storedAt()),
                    node.path("deliveries").asInt(1),
                    body,
                    node.path("bodyBytes").asLong(body.length),
                    node.path("bodyTruncated").asBoolean(),
                    node.path("sequence").asLong(0));
        } catch (IOException e) {
            throw new IllegalArgumentException("it is no JSON", e);
        }
    }

    private static Instant time(JsonNode node, Instant storedAt) {
        try {
            return Instant.parse(node.path("time").asText());
        } catch (DateTimeException e) {
            return storedAt;
        }
    }

    /** Class, time and reason, for a row. */
    public String words() {
        return letterClass + ", " + at + ": " + reason;
    }
}
