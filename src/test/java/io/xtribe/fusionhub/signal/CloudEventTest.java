package io.xtribe.fusionhub.signal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.testing.Hints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class CloudEventTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COMPLETE = """
            {"specversion": "1.0", "id": "e-1", "source": "/datadog", "type": "datadog.alert",
             "time": "2026-01-31T12:00:00Z", "datacontenttype": "application/json", "priority": "P1",
             "service": "checkout", "team": "cto", "runbook": "https://wiki.example/checkout",
             "pagerdutyservice": "PSVC1", "escalationpolicy": "PESC1", "assignmentgroup": "c30c31fce5039a675772c1edf1114781",
             "data": {"schema": "datadog-monitor-1", "title": "\\ud83d\\udd25 \\u05e9\\u05dc\\u05d5\\u05dd"}}""";

    @Test
    void readsAllAttributes() {
        // When
        var event = parse(COMPLETE);

        // Then
        assertThat(event.id()).isEqualTo("e-1");
        assertThat(event.source()).isEqualTo("datadog");
        assertThat(event.type()).isEqualTo("datadog.alert");
        assertThat(event.time()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        // Each by its name: two hints that lost the same are equal.
        assertThat(event.hints().service()).isEqualTo("checkout");
        assertThat(event.hints().team()).isEqualTo("cto");
        assertThat(event.hints().runbook()).isEqualTo("https://wiki.example/checkout");
        assertThat(event.hints().ids().get("pagerdutyservice")).isEqualTo("PSVC1");
        assertThat(event.hints().ids().get("escalationpolicy")).isEqualTo("PESC1");
        assertThat(event.hints().ids().get("assignmentgroup")).isEqualTo("c30c31fce5039a675772c1edf1114781");
        assertThat(event.data().path("title").asText()).isEqualTo("🔥 שלום");
    }

    @Test
    void comesBackAsItWentToNats() {
        // Given
        var event = parse(COMPLETE);

        // When
        var again = CloudEvent.parse(event.toBytes(), Hints.NAMES);

        // Then
        assertThat(again).isEqualTo(event);
    }

    @Test
    void writesTheAttributesOfStructuredJson() throws Exception {
        // Given
        var event = new CloudEvent(
                "e-2",
                "servicenow",
                "servicenow.incident",
                Instant.parse("2026-01-31T12:00:00Z"),
                RoutingHints.NONE,
                JSON.createObjectNode());

        // When
        var written = JSON.readTree(event.toBytes());

        // Then
        assertThat(written).isEqualTo(JSON.readTree("""
                        {"specversion": "1.0", "id": "e-2", "source": "/servicenow", "type": "servicenow.incident",
                         "time": "2026-01-31T12:00:00Z", "datacontenttype": "application/json", "data": {}}"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "source", "type", "time"})
    void namesARequiredAttributeThatIsMissingEmptyOrNull(String name) throws Exception {
        // Given
        var missing = complete();
        missing.remove(name);
        var empty = complete();
        empty.put(name, "");
        var none = complete();
        none.putNull(name);

        // Then
        for (var envelope : new ObjectNode[] {missing, empty, none}) {
            assertThatThrownBy(() -> parse(envelope))
                    .isInstanceOf(InvalidSignalException.class)
                    .hasMessageContaining("'" + name + "'");
        }
    }

    @ParameterizedTest
    @CsvSource({"yesterday", "1769860800000", "2026-01-31 12:00:00", "2026-01-31T12:00:00"})
    void namesATimeThatIsNotRfc3339(String time) throws Exception {
        // Given
        var envelope = complete();
        envelope.put("time", time);

        // Then
        assertThatThrownBy(() -> parse(envelope))
                .isInstanceOf(InvalidSignalException.class)
                .hasMessageContaining("'time'")
                .hasMessageContaining(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-31T13:00:00+01:00", "2026-01-31T12:00:00.000000Z"})
    void readsATimeInAnyFormOfRfc3339(String time) throws Exception {
        // Given
        var envelope = complete();
        envelope.put("time", time);

        // Then
        assertThat(parse(envelope).time()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.3", "2.0"})
    void namesAnotherVersionOfTheSpecification(String version) throws Exception {
        // Given
        var envelope = complete();
        envelope.put("specversion", version);

        // Then
        assertThatThrownBy(() -> parse(envelope))
                .isInstanceOf(InvalidSignalException.class)
                .hasMessageContaining("specversion")
                .hasMessageContaining("'" + version + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"text\"", "[]", "1"})
    void namesDataThatIsNoObject(String data) throws Exception {
        // Given
        var envelope = complete();
        envelope.set("data", JSON.readTree(data));

        // Then
        assertThatThrownBy(() -> parse(envelope))
                .isInstanceOf(InvalidSignalException.class)
                .hasMessageContaining("data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[]", "null", "\"x\"", "17", "{\"specversion\": \"1.0\"", "\u0000"})
    void refusesWhatIsNoEnvelope(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(InvalidSignalException.class)
                .hasMessageContaining("envelope");
    }

    @ParameterizedTest
    @MethodSource("wrongEnvelopes")
    void saysInItsOwnWordsWhatIsWrongAndWhere(String envelope, DeadLetterClass letterClass, String reason) {
        assertThatThrownBy(() -> parse(envelope))
                .isInstanceOfSatisfying(InvalidSignalException.class, wrong -> assertThat(wrong.letterClass())
                        .isEqualTo(letterClass))
                .hasMessage(reason);
    }

    static Stream<Arguments> wrongEnvelopes() {
        return Stream.of(
                arguments(
                        "{\n\n  \"id\": }",
                        DeadLetterClass.UNREADABLE,
                        "the envelope is not JSON, at line 3, column 9"),
                arguments(
                        "{\"id\": \"",
                        DeadLetterClass.UNREADABLE,
                        "the envelope is not JSON: it ends too early, at line 1, column 9"),
                arguments("{} {}", DeadLetterClass.UNREADABLE, "the envelope is followed by something else"),
                arguments("{\"a\": 1, \"a\": 2}", DeadLetterClass.INVALID, "attribute 'a' is in the envelope twice"),
                arguments(
                        "{\"specversion\": \"a\\n\"}",
                        DeadLetterClass.INVALID,
                        "specversion is 'a\\u000a', expected '1.0'"));
    }

    @Test
    void tellsWhatIsTooDeepFromWhatIsTooLarge() {
        assertThatThrownBy(() -> parse("{\"data\":" + "[".repeat(1_500) + "]".repeat(1_500) + "}"))
                .isInstanceOfSatisfying(InvalidSignalException.class, wrong -> assertThat(wrong.letterClass())
                        .isEqualTo(DeadLetterClass.TOO_DEEP))
                .hasMessageStartingWith("the envelope is nested too deeply, at line 1");
        assertThatThrownBy(() -> parse("{\"data\":" + "9".repeat(1_500) + "}"))
                .isInstanceOfSatisfying(InvalidSignalException.class, wrong -> assertThat(wrong.letterClass())
                        .isEqualTo(DeadLetterClass.TOO_LARGE));
    }

    @ParameterizedTest
    @CsvSource({"id, /id", "type, /type"})
    void boundsItsIds(String name, String place) throws Exception {
        var envelope = complete();
        envelope.put(name, "x".repeat(3_300));

        assertThatThrownBy(() -> parse(envelope))
                .isInstanceOf(InvalidSignalException.class)
                .hasMessageContaining(place + " has 3300 characters");
    }

    /** A hint that is too long is unknown to its platform, and what is unknown there falls back to the default. */
    @Test
    void cutsHints() throws Exception {
        var envelope = complete();
        envelope.put("pagerdutyservice", "x".repeat(3_300));

        assertThat(parse(envelope).hints().ids().get("pagerdutyservice")).hasSize(255);
    }

    @Property(tries = 300)
    void comesBackWhateverItHolds(@ForAll("events") CloudEvent event) {
        assertThat(CloudEvent.parse(event.toBytes(), Hints.NAMES)).isEqualTo(event);
    }

    @Property(tries = 500)
    void refusesGarbageWithInvalidSignalOnly(@ForAll byte[] garbage) {
        assertThatCode(() -> {
                    try {
                        CloudEvent.parse(garbage, Hints.NAMES);
                    } catch (InvalidSignalException expected) {
                        assertThat(expected).hasMessageMatching("(?s).+");
                    }
                })
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<CloudEvent> events() {
        var text = Arbitraries.strings().ofMaxLength(40);
        var word = Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(20);
        var hints = net.jqwik.api.Combinators.combine(text, text, text, text, text, text)
                .as(Hints::of);
        var times = Arbitraries.longs()
                .between(0, 4_102_444_800_000_000L)
                .map(micros -> Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000));
        Arbitrary<JsonNode> data =
                Arbitraries.maps(word, text).ofMaxSize(5).map(members -> (JsonNode) JSON.valueToTree(members));
        return net.jqwik.api.Combinators.combine(word, word, word, times, hints, data)
                .as(CloudEvent::new);
    }

    private static ObjectNode complete() throws Exception {
        return (ObjectNode) JSON.readTree(COMPLETE);
    }

    private static CloudEvent parse(ObjectNode envelope) {
        return parse(envelope.toString());
    }

    private static CloudEvent parse(String text) {
        return CloudEvent.parse(text.getBytes(StandardCharsets.UTF_8), Hints.NAMES);
    }
}
