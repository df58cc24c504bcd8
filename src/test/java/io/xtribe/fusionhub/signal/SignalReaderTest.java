package io.xtribe.fusionhub.signal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.testing.BuiltIn;
import io.xtribe.fusionhub.testing.Hints;
import io.xtribe.fusionhub.testing.Signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SignalReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant RECEIVED = Instant.parse("2026-01-31T12:00:05Z");
    private static final RoutingHints HINTS = Hints.of("checkout", "", "", "PSVC1", "", "");
    private static final CloudEvent ENVELOPE =
            new CloudEvent("delivery-1", "servicenow", "servicenow.incident", RECEIVED, HINTS, JSON.createObjectNode());

    @Test
    void readsEveryMember() {
        // When
        var signal = read("""
                {"kind": "triggered",
                 "firstSign": {"source": "servicenow", "sign": "incident.created", "previousPriority": "P3", "subject": "s1"},
                 "record": {"part": "incident", "id": "s1", "number": "INC1", "url": "https://now.example/s1", "keyTaken": true},
                 "scope": "dev1", "key": "s1", "fusionKey": "made as fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa.2",
                 "title": "t", "description": "d", "priority": "P1", "status": "open",
                 "time": "2026-01-31 12:00:00", "version": 7}""");

        // Then
        assertThat(signal)
                .isEqualTo(Signals.of(
                        "delivery-1",
                        "servicenow",
                        SignalKind.TRIGGERED,
                        "",
                        new Signal.FirstSign("servicenow", "incident.created", "P3", "s1"),
                        new Signal.PlatformRecord("incident", "s1", "INC1", "https://now.example/s1", true),
                        "dev1",
                        "s1",
                        new PlatformKey("fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa", 2),
                        "t",
                        "d",
                        "P1",
                        "open",
                        Instant.parse("2026-01-31T12:00:00Z"),
                        7,
                        HINTS));
    }

    @Test
    void takesWhatTheMappingLeavesOutAsNotSaid() {
        // When
        var signal = read("{\"kind\": \"updated\"}");

        // Then
        assertThat(signal)
                .isEqualTo(Signals.of(
                        "delivery-1",
                        "servicenow",
                        SignalKind.UPDATED,
                        "",
                        null,
                        null,
                        "",
                        "",
                        null,
                        "",
                        "",
                        "",
                        "",
                        RECEIVED,
                        -1,
                        HINTS,
                        false,
                        ""));
        assertThat(signal.firstSign()).isNull();
        assertThat(signal.ourKey()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"id\": \"\"}", "{\"id\": null, \"number\": \"INC1\"}", "[]", "\"s1\""})
    void knowsNoRecordWithoutItsId(String record) {
        assertThat(read("{\"kind\": \"updated\", \"record\": " + record + "}").record())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"P1, P1", "P5, P5", "P0, ''", "P6, ''", "p1, ''", "Critical, ''", "'P1 ', ''", "P12, ''"})
    void takesWhatIsNoneOfOurPrioritiesAsNone(String given, String expected) {
        assertThat(read("{\"kind\": \"updated\", \"priority\": \"" + given + "\"}")
                        .priority())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(SignalKind.class)
    void readsEveryKindInLowerCase(SignalKind kind) {
        assertThat(read("{\"kind\": \"" + kind.name().toLowerCase(java.util.Locale.ROOT) + "\"}")
                        .kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"kind\": null}", "{\"kind\": \"exploded\"}", "{\"kind\": {\"a\": 1}}"})
    void namesAnUnknownKind(String mapped) {
        assertThatThrownBy(() -> read(mapped))
                .isInstanceOf(InvalidSignalException.class)
                .hasMessageContaining("kind");
    }

    @Test
    void namesAnUnknownStatus() {
        assertThatThrownBy(() -> read("{\"kind\": \"updated\", \"status\": \"on fire\"}"))
                .isInstanceOf(InvalidSignalException.class)
                .hasMessageContaining("status 'on fire'");
    }

    /** A first sign under another name would open nothing, silently. */
    @Test
    void namesAMemberThatASignalDoesNotHave() {
        assertThatThrownBy(() -> read("{\"kind\": \"triggered\", \"firstsign\": {\"source\": \"servicenow\"}}"))
                .isInstanceOf(InvalidSignalException.class)
                .hasMessageContaining("the mapping of 'servicenow' yields the member 'firstsign'");
    }

    @Test
    void namesATimeItCannotRead() {
        assertThatThrownBy(() -> read("{\"kind\": \"updated\", \"time\": \"noon\"}"))
                .isInstanceOf(InvalidSignalException.class)
                .hasMessageContaining("'noon'");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"kind\": \"updated\", \"record\": {\"id\": \"%s\"}}', record.id, 255",
        "'{\"kind\": \"updated\", \"record\": {\"id\": \"1\", \"number\": \"%s\"}}', record.number, 255",
        "'{\"kind\": \"updated\", \"record\": {\"id\": \"1\", \"url\": \"%s\"}}', record.url, 2000",
        "'{\"kind\": \"updated\", \"scope\": \"%s\"}', scope, 255",
        "'{\"kind\": \"updated\", \"key\": \"%s\"}', key, 2000",
        "'{\"kind\": \"updated\", \"firstSign\": {\"subject\": \"%s\"}}', firstSign.subject, 255",
        "'{\"kind\": \"updated\", \"firstSign\": {\"sign\": \"%s\"}}', firstSign.sign, 255"
    })
    void boundsEveryIdAndNamesThePlace(String mapped, String place, int limit) {
        assertThat(read(mapped.formatted("x".repeat(limit)))).isNotNull();
        assertThatThrownBy(() -> read(mapped.formatted("x".repeat(limit + 1))))
                .isInstanceOfSatisfying(InvalidSignalException.class, wrong -> assertThat(wrong.letterClass())
                        .isEqualTo(DeadLetterClass.INVALID))
                .hasMessage(place + " has " + (limit + 1) + " characters, at most " + limit + " are taken");
        for (var wrong : new String[] {"a\\u0000b", "a\\nb", "a\\ud800"}) {
            assertThatThrownBy(() -> read(mapped.formatted(wrong)))
                    .isInstanceOf(InvalidSignalException.class)
                    .hasMessageStartingWith(place + " holds control characters: 'a\\u");
        }
    }

    @Test
    void namesThePlaceInTheBodyWhereTheIdCameFrom() throws Exception {
        var id = "x".repeat(3_300);
        var body = JSON.createObjectNode();
        body.putObject("incident").put("state", "1").put("sys_id", id);
        var envelope = new CloudEvent("1", "servicenow", "servicenow.incident", RECEIVED, HINTS, body);

        assertThatThrownBy(() -> SignalReader.read(
                        envelope,
                        JSON.readTree("{\"kind\": \"updated\", \"record\": {\"id\": \"" + id + "\"}}"),
                        Words.OURS,
                        word -> {}))
                .hasMessage("/incident/sys_id has 3300 characters, at most 255 are taken");
    }

    @Test
    void keepsTitlesInOneLineAndTextsWithoutOtherControlCharacters() {
        var signal = read(
                "{\"kind\": \"updated\", \"title\": \"a\\nb\\u0000c\\ud800\", \"description\": \"a\\nb\\u0000c\"}");

        assertThat(signal.title()).isEqualTo("a b c\uFFFD");
        assertThat(signal.description()).isEqualTo("a\nb c");
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "7.0, 7", "0, 0", "null, -1", "'\"7\"', -1", "9007199254740992, 9007199254740992"})
    void readsAVersion(String version, long expected) {
        assertThat(read("{\"kind\": \"updated\", \"version\": " + version + "}").version())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1.5", "-2", "9007199254740994", "99999999999999999999999"})
    void refusesAVersionThatIsNone(String version) {
        assertThatThrownBy(() -> read("{\"kind\": \"updated\", \"version\": " + version + "}"))
                .isInstanceOf(InvalidSignalException.class)
                .hasMessageContaining("version");
    }

    @Test
    void refusesATimeFarAhead() {
        assertThatThrownBy(() -> read("{\"kind\": \"updated\", \"time\": \"9999999999999999\"}"))
                .isInstanceOf(InvalidSignalException.class)
                .hasMessageContaining("ahead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "null", "1"})
    void refusesWhatIsNoObject(String mapped) {
        assertThatThrownBy(() -> read(mapped))
                .isInstanceOf(InvalidSignalException.class)
                .hasMessageContaining("mapping of 'servicenow'");
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> SignalReader.read(ENVELOPE, null, Words.OURS, word -> {}))
                .isInstanceOf(InvalidSignalException.class);
        assertThatThrownBy(() -> SignalReader.read(ENVELOPE, NullNode.instance, Words.OURS, word -> {}))
                .isInstanceOf(InvalidSignalException.class);
    }

    /** Of the platform {@code servicenow}, whose words are numbers. */
    @ParameterizedTest
    @CsvSource({
        "updated, 6, 2, RESOLVED",
        "commented, 7, '', RESOLVED",
        "updated, 2, 6, REOPENED",
        "updated, 7, 6, UPDATED",
        "updated, 2, 1, UPDATED",
        "commented, '', '', COMMENTED",
        "triggered, 6, '', TRIGGERED",
        "updated, 42, 6, UPDATED",
    })
    void callsAnUpdateAfterWhatItEndsOrTakesBack(String kind, String status, String before, SignalKind expected) {
        var signal = read(
                "{\"kind\": \"%s\", \"status\": \"%s\", \"previousStatus\": \"%s\"}".formatted(kind, status, before),
                BuiltIn.words("servicenow"),
                word -> {});

        assertThat(signal.kind()).isEqualTo(expected);
    }

    @Test
    void takesNoFirstSignFromWhatIsOver() {
        var sign = "\"firstSign\": {\"source\": \"servicenow\", \"sign\": \"incident.created\", \"subject\": \"1\"}";

        assertThat(read("{\"kind\": \"triggered\", \"status\": \"open\", " + sign + "}")
                        .firstSign())
                .isNotNull();
        assertThat(read("{\"kind\": \"triggered\", \"status\": \"resolved\", " + sign + "}")
                        .firstSign())
                .isNull();
    }

    @Test
    void tellsWordsThatNoTableHasAndTakesThemForNotSaid() {
        var unknown = new ArrayList<UnknownWord>();
        var words = BuiltIn.words("servicenow");

        var signal = read(
                "{\"kind\": \"updated\", \"record\": {\"id\": \"1\", \"part\": \"incident\"}, \"status\": \"42\", \"priority\": \"9\"}",
                words,
                unknown::add);

        assertThat(signal.status()).isEmpty();
        assertThat(signal.priority()).isEmpty();
        assertThat(unknown)
                .containsExactlyInAnyOrder(
                        new UnknownWord("status", "incident", "42", words.known("status", "incident")),
                        new UnknownWord("priority", "incident", "9", words.known("priority", "incident")));
        assertThat(unknown.get(0).text())
                .contains("'42' of incident is in no table")
                .contains("platform.yaml");
        assertThat(unknown.get(0).reason()).contains("is in no table, known are 1, 2, 3");
        assertThat(unknown.get(0).remedy()).contains("status.incident");
    }

    private static Signal read(String mapped) {
        return read(mapped, Words.OURS, word -> {});
    }

    private static Signal read(String mapped, Words words, Consumer<UnknownWord> unknown) {
        try {
            JsonNode node = JSON.readTree(mapped);
            return SignalReader.read(ENVELOPE, node, words, unknown);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
