package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The schemas of {@code docs/schemas}, by which others read what the hub publishes and keeps. Consumers have to pass over members
 * that they do not know, so the schemas let them be; here they are closed, or what nobody documented would pass.
 */
public final class EventSchemas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("docs", "schemas");
    private static final String STREAM = "FUSION_EVENTS";
    private static final JsonSchema EVENT = closed("incident-event.schema.json");
    private static final JsonSchema SIGNAL = closed("signal.schema.json");
    private static final JsonSchema LETTER = closed("dead-letter.schema.json");

    private EventSchemas() {}

    /** What is wrong with an event of {@code FUSION_EVENTS}, a line each. */
    public static List<String> violationsOfEvent(JsonNode event) {
        return violations(EVENT, event);
    }

    /** What is wrong with the envelope of a signal, a line each. */
    public static List<String> violationsOfSignal(JsonNode signal) {
        return violations(SIGNAL, signal);
    }

    /** What is wrong with a dead letter, a line each. */
    public static List<String> violationsOfLetter(JsonNode letter) {
        return violations(LETTER, letter);
    }

    /** Reads all events and dead letters; each message's subject and headers agree with what it holds. */
    static void assertAsDocumented(Connection connection) {
        assertEvents(connection);
        assertLetters(connection);
    }

    private static void assertLetters(Connection connection) {
        List<String> violations = new ArrayList<>();
        for (MessageInfo message : Letters.all(connection)) {
            JsonNode letter = Letters.json(message);
            violationsOfLetter(letter).forEach(violation -> violations.add(violation + " in " + letter));
            if (!message.getSubject()
                    .equals("fusion.dead-letters." + letter.path("source").asText())) {
                violations.add("subject " + message.getSubject() + " of " + letter);
            }
            String id =
                    message.getHeaders() == null ? null : message.getHeaders().getFirst("Nats-Msg-Id");
            if (!letter.path("id").asText().equals(id)) {
                violations.add("header Nats-Msg-Id " + id + " of " + letter);
            }
            if (letter.path("bodyTruncated").asBoolean()
                    != Letters.body(letter).length < letter.path("bodyBytes").asInt()) {
                violations.add("bodyTruncated of " + letter);
            }
        }
        assertThat(violations)
                .as("what dead letters say otherwise than docs/dead-letters.md and docs/schemas")
                .isEmpty();
    }

    private static void assertEvents(Connection connection) {
        List<String> violations = new ArrayList<>();
        try {
            var management = connection.jetStreamManagement();
            if (!management.getStreamNames().contains(STREAM)) {
                return;
            }
            var state = management.getStreamInfo(STREAM).getStreamState();
            for (long sequence = state.getFirstSequence();
                    sequence > 0 && sequence <= state.getLastSequence();
                    sequence++) {
                violations.addAll(violations(management.getMessage(STREAM, sequence)));
            }
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException("cannot read " + STREAM, e);
        }
        assertThat(violations)
                .as("what events say otherwise than docs/events.md and docs/schemas")
                .isEmpty();
    }

    private static List<String> violations(MessageInfo message) throws IOException {
        JsonNode event = JSON.readTree(message.getData());
        List<String> violations = new ArrayList<>();
        violationsOfEvent(event).forEach(violation -> violations.add(violation + " in " + event));
        if (!event.path("type")
                .asText()
                .replaceFirst("^fusion.incident", "fusion.incidents")
                .equals(message.getSubject())) {
            violations.add("subject " + message.getSubject() + " of " + event);
        }
        String id = message.getHeaders() == null ? null : message.getHeaders().getFirst("Nats-Msg-Id");
        if (!event.path("id").asText().equals(id)) {
            violations.add("header Nats-Msg-Id " + id + " of " + event);
        }
        return violations;
    }

    private static List<String> violations(JsonSchema schema, JsonNode node) {
        return schema.validate(node).stream().map(ValidationMessage::getMessage).toList();
    }

    private static JsonSchema closed(String file) {
        try {
            JsonNode schema = JSON.readTree(FOLDER.resolve(file).toFile());
            close(schema);
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(
                            schema,
                            SchemaValidatorsConfig.builder()
                                    .formatAssertionsEnabled(true)
                                    .build());
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    /** Objects whose type is stated; a condition only looks at some members. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && schema.path("type").asText().equals("object")
                && !schema.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(EventSchemas::close);
    }
}
