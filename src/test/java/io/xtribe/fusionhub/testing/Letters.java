package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;

/** Reads dead letters from their stream. */
public final class Letters {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STREAM = "FUSION_DEAD_LETTERS";
    private static final int NO_MESSAGE_FOUND = 10037;

    private Letters() {}

    /** The letter in a message. */
    public static JsonNode json(MessageInfo message) {
        try {
            return JSON.readTree(message.getData());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes that it keeps. */
    public static byte[] body(JsonNode letter) {
        return Base64.getDecoder().decode(letter.path("bodyBase64").asText());
    }

    /** Empty where it was replayed or discarded. */
    private static Optional<MessageInfo> message(JetStreamManagement management, long sequence)
            throws IOException, JetStreamApiException {
        try {
            return Optional.of(management.getMessage(STREAM, sequence));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_MESSAGE_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** All that the stream holds, oldest first. */
    public static List<MessageInfo> all(Connection connection) {
        List<MessageInfo> found = new ArrayList<>();
        try {
            var management = connection.jetStreamManagement();
            if (!management.getStreamNames().contains(STREAM)) {
                return found;
            }
            var state = management.getStreamInfo(STREAM).getStreamState();
            for (long sequence = state.getFirstSequence();
                    sequence > 0 && sequence <= state.getLastSequence();
                    sequence++) {
                message(management, sequence).ifPresent(found::add);
            }
            return found;
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException("cannot read " + STREAM, e);
        }
    }
}
