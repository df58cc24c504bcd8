package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.impl.Headers;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.Http;
import io.xtribe.fusionhub.testing.Letters;
import io.xtribe.fusionhub.testing.NatsServer;

/** Reads the stream of dead letters, and puts letters there. */
final class DeadLetterBox {
    private DeadLetterBox() {}

    /** All that lie there, oldest first: subject, reason and content, separated by tabs. */
    static List<String> read(NatsServer nats) {
        try (Connection connection = nats.connect()) {
            return Letters.all(connection).stream()
                    .map(letter -> letter.getSubject() + "\t"
                            + Letters.json(letter).path("reason").asText() + "\t"
                            + new String(Letters.body(Letters.json(letter)), StandardCharsets.UTF_8))
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stores a letter with that webhook, as hub and Vector write them. */
    static void put(NatsServer nats, String source, String letterClass, String webhook) {
        byte[] body = webhook.getBytes(StandardCharsets.UTF_8);
        Map<String, Object> letter = new HashMap<>();
        String id = UUID.randomUUID().toString();
        String reason = "the mapping was wrong";
        letter.put("id", id);
        letter.put("source", source);
        letter.put("content", "webhook");
        letter.put("class", letterClass);
        letter.put("reason", reason);
        letter.put("remedy", "correct it");
        letter.put("time", Instant.now().toString());
        letter.put("deliveries", 1);
        letter.put("bodyBase64", Base64.getEncoder().encodeToString(body));
        letter.put("bodyBytes", body.length);
        letter.put("bodyTruncated", false);
        try (Connection connection = nats.connect()) {
            Headers headers = new Headers().put("Nats-Msg-Id", id).put("Fusion-Reason", reason);
            connection.jetStream().publish(Names.deadLetters(source), headers, Http.bytes(letter));
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException("the letter is not stored", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
