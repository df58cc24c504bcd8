package io.xtribe.fusionhub.it;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.nats.client.Connection;

import io.xtribe.fusionhub.testing.Letters;
import io.xtribe.fusionhub.testing.NatsServer;

/** Reads the stream of dead letters. */
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
}
