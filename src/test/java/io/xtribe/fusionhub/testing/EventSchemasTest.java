package io.xtribe.fusionhub.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.Connection;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.signal.CloudEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A check that cannot fail is none. The right ones are the examples of docs/events.md. */
class EventSchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    private static ObjectNode letter() throws Exception {
        String text = Files.readString(Path.of("docs", "dead-letters.md"));
        return (ObjectNode) JSON.readTree(
                EXAMPLE.matcher(text).results().findFirst().orElseThrow().group(1));
    }

    private static List<JsonNode> examples() throws Exception {
        String text = Files.readString(Path.of("docs", "events.md"));
        List<String> found =
                EXAMPLE.matcher(text).results().map(example -> example.group(1)).toList();
        assertThat(found).hasSize(2);
        return List.of(JSON.readTree(found.get(0)), JSON.readTree(found.get(1)));
    }

    @Test
    void theDocumentedExamplesAreRight() throws Exception {
        assertThat(EventSchemas.violationsOfEvent(examples().get(0))).isEmpty();
        assertThat(EventSchemas.violationsOfSignal(examples().get(1))).isEmpty();
    }

    @Test
    void whatTheHubWritesOfASignalIsRight() throws Exception {
        var hints = Hints.of("checkout", "shop", "https://wiki.example/checkout", "PSVC1", "PESC1", "c30c31");
        var signal = new CloudEvent(
                "servicenow:1", "servicenow", "servicenow.incident", Instant.now(), hints, JSON.createObjectNode());

        assertThat(EventSchemas.violationsOfSignal(JSON.readTree(signal.toBytes())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                 | specversion | '\"0.3\"'",
                "''                 | id          | '\"fx-1.opened\"'",
                "''                 | type        | '\"fusion.incident.closed\"'",
                "''                 | subject     | '7'",
                "''                 | time        | '\"yesterday Z\"'",
                "''                 | time        | '\"2026-01-31T12:00:00+01:00\"'",
                "''                 | data        | '[]'",
                "''                 | unheard     | '\"of\"'",
                "/data              | generation  | '0'",
                "/data              | generation  | '\"1\"'",
                "/data              | priority    | '\"SEV-1\"'",
                "/data              | status      | '\"open\"'",
                "/data              | references  | '[]'",
                "/data              | title       | 'null'",
                "/data              | unheard     | '\"of\"'",
                "/data/references/0 | url         | '\"/incidents/1\"'",
                "/data/references/0 | number      | '7'",
                "/data/references/0 | unheard     | '\"of\"'"
            })
    void findsWhatIsWrongInAnEvent(String where, String member, String value) throws Exception {
        JsonNode event = examples().get(0);

        ((ObjectNode) event.at(where)).set(member, JSON.readTree(value));

        assertThat(EventSchemas.violationsOfEvent(event)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'', id",
        "'', source",
        "'', type",
        "'', subject",
        "'', time",
        "'', data",
        "/data, correlationId",
        "/data, generation",
        "/data, title",
        "/data, priority",
        "/data, status",
        "/data, origin",
        "/data, startedAt",
        "/data, references",
        "/data/references/0, platform",
        "/data/references/0, part",
        "/data/references/0, id",
        "/data/references/0, number",
        "/data/references/0, url"
    })
    void findsWhatIsMissingInAnEvent(String where, String member) throws Exception {
        JsonNode event = examples().get(0);

        assertThat(((ObjectNode) event.at(where)).remove(member)).isNotNull();

        assertThat(EventSchemas.violationsOfEvent(event)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id              | '\"42\"'",
                "source          | '\"datadog\"'",
                "type            | '\"datadog.monitor\"'",
                "time            | '1769860800000'",
                "priority        | '\"\"'",
                "service         | '\"\"'",
                "assignmentgroup | 'null'",
                "unheard         | '\"of\"'",
                "data            | '\"{}\"'"
            })
    void findsWhatIsWrongInASignal(String member, String value) throws Exception {
        ObjectNode signal = (ObjectNode) examples().get(1);

        signal.set(member, JSON.readTree(value));

        assertThat(EventSchemas.violationsOfSignal(signal)).hasSize(1);
    }

    @Test
    void theDocumentedLetterIsRight() throws Exception {
        assertThat(EventSchemas.violationsOfLetter(letter())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id            | '\"42\"'",
                "source        | '\"a.b\"'",
                "content       | '\"event\"'",
                "class         | '\"UNREADABLE\"'",
                "reason        | '\"\"'",
                "reason        | '\"two\\nlines\"'",
                "remedy        | 'null'",
                "time          | '\"2026-01-31T12:00:00+01:00\"'",
                "deliveries    | '0'",
                "bodyBase64    | '\"%\"'",
                "bodyBytes     | '-1'",
                "bodyTruncated | '\"no\"'",
                "stream        | '\"OTHER\"'",
                "sequence      | '0'",
                "unheard       | '\"of\"'"
            })
    void findsWhatIsWrongInALetter(String member, String value) throws Exception {
        ObjectNode letter = letter();

        letter.set(member, JSON.readTree(value));

        assertThat(EventSchemas.violationsOfLetter(letter)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"FUSION_SIGNALS", "unknown"})
    void aServerWithAnUndocumentedLetterDoesNotCloseInPeace(String source) throws Exception {
        NatsServer server = NatsServer.start();
        try (Connection connection = server.connect()) {
            connection
                    .jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("FUSION_DEAD_LETTERS")
                            .subjects("fusion.dead-letters.>")
                            .storageType(StorageType.Memory)
                            .build());
            Headers headers = new Headers();
            headers.put("Nats-Msg-Id", letter().path("id").asText());
            ObjectNode letter = letter().put("source", source);
            connection
                    .jetStream()
                    .publish(
                            "fusion.dead-letters.servicenow",
                            headers,
                            letter.toString().getBytes(StandardCharsets.UTF_8));
        }

        assertThatThrownBy(server::close).isInstanceOf(AssertionError.class).hasMessageContaining("source");
    }

    @Test
    void aServerWithAnUndocumentedEventDoesNotCloseInPeace() throws Exception {
        NatsServer server = NatsServer.start();
        ObjectNode event = (ObjectNode) examples().get(0);
        publish(server, "fusion.incidents.opened", event);
        assertThatCode(server::assertEventsAsDocumented).doesNotThrowAnyException();

        // With another id, or the stream keeps it out as a duplicate.
        event.put("id", event.path("subject").asText() + ".changed.2").put("unheard", "of");
        publish(server, "fusion.incidents.opened", event);

        assertThatThrownBy(server::close).isInstanceOf(AssertionError.class).hasMessageContaining("unheard");
        assertThat(server.leavesSomething()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"fusion.incidents.paged, true, subject", "fusion.incidents.opened, false, Nats-Msg-Id"})
    void aMessageThatDoesNotAgreeWithItsEventIsFound(String subject, boolean withId, String violation)
            throws Exception {
        NatsServer server = NatsServer.start();
        JsonNode event = examples().get(0);

        publish(server, subject, event, withId);

        assertThatThrownBy(server::close).isInstanceOf(AssertionError.class).hasMessageContaining(violation);
    }

    private static void publish(NatsServer server, String subject, JsonNode event) throws Exception {
        publish(server, subject, event, true);
    }

    private static void publish(NatsServer server, String subject, JsonNode event, boolean withId) throws Exception {
        try (Connection connection = server.connect()) {
            connection
                    .jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("FUSION_EVENTS")
                            .subjects("fusion.incidents.*")
                            .storageType(StorageType.Memory)
                            .build());
            Headers headers = new Headers();
            if (withId) {
                headers.put("Nats-Msg-Id", event.path("id").asText());
            }
            connection.jetStream().publish(subject, headers, event.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
