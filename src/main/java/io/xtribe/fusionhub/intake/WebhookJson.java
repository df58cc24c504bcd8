package io.xtribe.fusionhub.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.xtribe.fusionhub.signal.DeadLetterClass;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.JsonProblem;

/** Reads a webhook's body as one JSON object in UTF-8, which can be put into an envelope unchanged. */
final class WebhookJson {

    /** One less than the intake's parser takes, since the body is one level deeper in its envelope. */
    private static final int DEPTH = StreamReadConstraints.DEFAULT_MAX_DEPTH - 1;

    private static final String NO_OBJECT = "the webhook body is not a JSON object";
    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactoryBuilder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
            .build());

    private WebhookJson() {}

    /**
     * Reads it.
     *
     * @throws InvalidSignalException when it cannot be read; names the place
     */
    static JsonNode read(byte[] bytes) {
        var text = decoded(bytes);
        try (var parser = JSON.createParser(text.array(), text.arrayOffset() + text.position(), text.remaining())) {
            return read(parser);
        } catch (IOException impossible) {
            throw new InvalidSignalException(DeadLetterClass.UNREADABLE, NO_OBJECT, impossible);
        }
    }

    private static JsonNode read(JsonParser parser) throws IOException {
        try {
            JsonNode data = JSON.readTree(parser);
            if (data == null || !data.isObject()) {
                throw new InvalidSignalException(DeadLetterClass.UNREADABLE, NO_OBJECT);
            }
            if (parser.nextToken() != null) {
                throw new InvalidSignalException(
                        DeadLetterClass.UNREADABLE,
                        NO_OBJECT + ": more follows" + JsonProblem.place(parser.currentLocation()));
            }
            return data;
        } catch (StreamConstraintsException beyond) {
            if (!JsonProblem.isTooDeep(beyond)) {
                throw JsonProblem.of("the webhook body", beyond, parser.currentLocation());
            }
            throw new InvalidSignalException(
                    DeadLetterClass.TOO_DEEP,
                    "the webhook body has more than " + DEPTH + " levels of objects and lists"
                            + JsonProblem.place(parser.currentLocation()),
                    beyond);
        } catch (JsonProcessingException notJson) {
            throw new InvalidSignalException(
                    DeadLetterClass.UNREADABLE, NO_OBJECT + JsonProblem.place(notJson.getLocation()), notJson);
        }
    }

    private static CharBuffer decoded(byte[] bytes) {
        var text = CharBuffer.allocate(bytes.length);
        var read = ByteBuffer.wrap(bytes);
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var result = decoder.decode(read, text, true);
        if (result.isError()) {
            throw new InvalidSignalException(
                    DeadLetterClass.UNREADABLE, "the webhook body is not UTF-8, at byte " + read.position());
        }
        return text.flip();
    }
}
