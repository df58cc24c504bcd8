package io.xtribe.fusionhub.incident;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.xtribe.fusionhub.incident.Timeline.Call;
import io.xtribe.fusionhub.incident.Timeline.Entry;
import io.xtribe.fusionhub.incident.Timeline.Line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Entries as they are stored. */
class TimelineTest {

    @Test
    void entriesOfEarlierVersionsAreRead() {
        // Given
        var stored = """
                {"at":"2026-11-30T12:00:00Z","hub":"hub-1","kind":"call","platform":"pagerduty","text":"opened"}
                """;

        // When
        var entry = IncidentJson.read(stored.getBytes(UTF_8), Entry.class);

        // Then
        assertThat(entry.text()).isEqualTo("opened");
        assertThat(entry.rule()).isNull();
        assertThat(entry.calls()).isNull();
    }

    @Test
    void hasRuleAndCallsAndNothingThatSaysNothing() throws IOException {
        // Given
        var line = Line.call(
                "pagerduty",
                Rule.LOOK_FIRST,
                "unknown",
                List.of(new Call("POST /incidents", "unknown-outcome", 31, "")));

        // When
        var json = IncidentJson.mapper().readTree(IncidentJson.write(Entry.of("hub-1", line)));

        // Then
        assertThat(json.path("rule").asText()).isEqualTo("look-first");
        assertThat(json.path("calls"))
                .hasToString("[{\"request\":\"POST /incidents\",\"outcome\":\"unknown-outcome\",\"millis\":31}]");
        assertThat(json.has("by")).isFalse();
        assertThat(json.has("signalId")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void itsPageHasEveryRule(Rule rule) throws IOException {
        assertThat(Files.readString(Path.of("docs/timeline.md")))
                .contains("| `" + rule.word() + "` | " + rule.words() + " |");
    }
}
