package io.xtribe.fusionhub.job;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.IncidentJson;

/**
 * A dead letter as it is kept; its form is docs/schemas/dead-letter.schema.json.
 *
 * @param sequence its number in the stream of dead letters
 * @param isSignal whether the body is a signal, else what a platform sent
 * @param at when it was stored
 * @param cutFrom the number of the whole signal in the stream of signals, where the body was cut; else 0
 */
record Letter(
        long sequence,
        String id,
        String source,
        boolean isSignal,
        String letterClass,
        String reason,
        Instant at,
        byte[] body,
        boolean isCut,
        long cutFrom) {

    /** @throws IllegalArgumentException when it is not in that form */
    static Letter of(long sequence, Instant storedAt, byte[] json) {
        try {
            var node = IncidentJson.mapper().readTree(json);
            if (!node.path("id").isTextual() || !node.path("bodyBase64").isTextual()) {
                throw new IllegalArgumentException("it has no id or no body");
            }
            return new Letter(
                    sequence,
                    node.path("id").asText(),
                    node.path("source").asText(),
                    "signal".equals(node.path("content").asText()),
                    node.path("class").asText(),
                    node.path("reason").asText(),
                    time(node, storedAt),
                    Base64.getDecoder().decode(node.path("bodyBase64").asText()),
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

    /** For a row. */
    String words() {
        return letterClass + ", " + at + ": " + reason;
    }
}
