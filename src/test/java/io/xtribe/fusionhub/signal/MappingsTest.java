package io.xtribe.fusionhub.signal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for all three webhooks, on bodies that nobody expects. */
class MappingsTest extends MappingFixture {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            datadog | {} | schema '' is none of datadog-monitor-1, datadog-incident-1; its members are
            datadog | {'schema': 'datadog-monitor-2'} | schema 'datadog-monitor-2' is none of datadog-monitor-1
            datadog | {'title': '[Triggered] x', 'event_type': 'y'} | Datadog's default payload
            datadog | {'schema': 'datadog-monitor-1'} | neither a cycle key nor an aggregation key
            datadog | {'schema': 'datadog-monitor-1', 'alert_cycle_key': '1'} | no alert transition
            datadog | {'schema': 'datadog-incident-1'} | an incident notification without an incident
            servicenow | {} | schema '' is not servicenow-incident-1; its members are
            servicenow | {'schema': 'servicenow-incident-1'} | event type '' is none of
            servicenow | {'schema': 'servicenow-incident-1', 'event_type': 'incident.merged'} | event type 'incident.merged' is none of
            servicenow | {'schema': 'servicenow-incident-1', 'event_type': 'incident.updated'} | an event without sys_id
            pagerduty | {} | a body without event/event_type
            pagerduty | {'messages': []} | a webhook of version 2
            pagerduty | {'event': {'event_type': 'incident.exploded'}} | event type 'incident.exploded' is not known
            """)
    void saysWhatItDoesNotKnowAndWhatToDo(String source, String body, String reason) throws Exception {
        // When
        var signal = signalOf(source, JSON.readTree(body.replace('\'', '"')));

        // Then
        assertThat(signal.kind()).isEqualTo(SignalKind.UNKNOWN);
        assertThat(signal.reason()).startsWith(reason);
        assertThat(signal.remedy()).isNotBlank();
        assertThat(signal.firstSign()).isNull();
    }

    @Property(tries = 60)
    void keepsAnyTitleAsItIsButForControlCharacters(@ForAll("titles") String given) {
        var title = given.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", " ");
        assertThat(signalOf("datadog", with("datadog/monitor-triggered-p1", "/alert_title", given))
                        .title())
                .isEqualTo(title);
        assertThat(signalOf("datadog", with("datadog/incident-declared-sev1", "/incident/title", given))
                        .title())
                .isEqualTo(title);
        assertThat(signalOf("servicenow", with("servicenow/created-p1", "/incident/short_description", given))
                        .title())
                .isEqualTo(title);
        assertThat(signalOf("pagerduty", with("pagerduty/triggered-p1-manual", "/event/data/title", given))
                        .title())
                .isEqualTo(title);
    }

    @Property(tries = 400)
    void makesASignalOrSaysWhatIsInvalidWhateverIsMissing(
            @ForAll("paths") String path, @ForAll @IntRange(min = 1, max = 8) int deletions, @ForAll long seed) {
        // Given
        var random = new Random(seed);
        var body = body(path);
        for (int deletion = 0; deletion < deletions; deletion++) {
            var members = members(body);
            if (!members.isEmpty()) {
                var member = members.get(random.nextInt(members.size()));
                if (random.nextBoolean()) {
                    member.parent().remove(member.name());
                } else {
                    member.parent().putNull(member.name());
                }
            }
        }

        // Then
        isSignalOrInvalid(path, body);
    }

    @Property(tries = 400)
    void makesASignalOrSaysWhatIsInvalidWhateverHasAnotherType(
            @ForAll("paths") String path, @ForAll @IntRange(min = 1, max = 3) int changes, @ForAll long seed)
            throws JsonProcessingException {
        // Given
        var random = new Random(seed);
        var others = List.of("true", "17", "-3.5", "\"\"", "\"?\"", "[]", "[1, \"a\", null]", "{}", "{\"value\": []}");
        var body = body(path);
        for (int change = 0; change < changes; change++) {
            var members = members(body);
            var member = members.get(random.nextInt(members.size()));
            member.parent().set(member.name(), JSON.readTree(others.get(random.nextInt(others.size()))));
        }

        // Then
        isSignalOrInvalidOrRefusedByJq(path, body);
    }

    @Provide
    Arbitrary<String> paths() throws IOException {
        return Arbitraries.of(recordedBodies().toList());
    }

    /** Emoji, scripts from right to left, control characters, quotes, and very long ones. */
    @Provide
    Arbitrary<String> titles() {
        var astral = Arbitraries.of(
                "🔥", "👩‍🚒", "שלום", "مرحبا", "日本", "\"", "\\", "\n", "\u0000", "<b>", "$x", "\\(1)", "e");
        return Arbitraries.oneOf(
                astral.list().ofMinSize(1).ofMaxSize(20).map(parts -> String.join("", parts)),
                astral.map(part -> part.repeat(5_000)));
    }

    private record Member(ObjectNode parent, String name) {}

    private static List<Member> members(JsonNode node) {
        var members = new ArrayList<Member>();
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> members.add(new Member(object, name)));
        }
        node.forEach(child -> members.addAll(members(child)));
        return members;
    }

    private static void isSignalOrInvalid(String path, JsonNode body) {
        try {
            assertThat(signalOf(source(path), body)).isNotNull();
        } catch (InvalidSignalException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        } catch (RuntimeException e) {
            throw new AssertionError("The mapping failed on " + body, e);
        }
    }

    /** A mapping may give up on a wrong type: the intake buries what jq refuses, with its words. */
    private static void isSignalOrInvalidOrRefusedByJq(String path, JsonNode body) {
        try {
            isSignalOrInvalid(path, body);
        } catch (AssertionError failure) {
            assertThat(failure).hasRootCauseInstanceOf(JsonQueryException.class);
        }
    }

    private static JsonNode with(String path, String pointer, String text) {
        var body = body(path);
        var at = pointer.lastIndexOf('/');
        ((ObjectNode) body.at(pointer.substring(0, at))).put(pointer.substring(at + 1), text);
        return body;
    }

    private static String source(String path) {
        return path.substring(0, path.indexOf('/'));
    }
}
