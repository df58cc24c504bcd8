package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;

import io.xtribe.fusionhub.testing.NatsServer;

/** Reads the stream of dead letters. */
final class DeadLetterBox {
    private static final String STREAM = "FUSION_DEAD_LETTERS";

    private DeadLetterBox() {}

    /** All that lie there, oldest first: subject, reason and content, separated by tabs. */
    static List<String> read(NatsServer nats) {
        List<String> letters = new ArrayList<>();
        try (Connection connection = nats.connect()) {
            var management = connection.jetStreamManagement();
            var state = management.getStreamInfo(STREAM).getStreamState();
            for (long sequence = state.getFirstSequence();
                    sequence > 0 && sequence <= state.getLastSequence();
                    sequence++) {
                var letter = management.getMessage(STREAM, sequence);
                letters.add(letter.getSubject() + "\t" + letter.getHeaders().getFirst("Fusion-Reason") + "\t"
                        + (letter.getData() == null ? "" : new String(letter.getData(), StandardCharsets.UTF_8)));
            }
            return letters;
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
