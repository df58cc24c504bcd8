package io.xtribe.fusionhub.lab.demo;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NoiseCheckTest {
    private final NoiseCheck check = new NoiseCheck();

    @BeforeEach
    void expectOneIncidentAndOneTicket() throws IOException {
        check.expect(json("""
                {"id":"fx-1","platforms":{"pagerduty":{"incident":{"reference":{"id":"PX1"}}}}}"""));
        check.expectRecord("printer");
    }

    @Test
    void isContentWithWhatIsExpected() throws IOException {
        // When
        List<String> unexpected = check.unexpected(List.of("fx-1"), json("""
                {"pagerduty":[{"id":"PX1"}],"servicenow":[{"id":"printer"}],"datadog":[]}"""));
        // Then
        assertThat(unexpected).isEmpty();
    }

    @Test
    void namesAnIncidentAtTheHub() throws IOException {
        // When
        List<String> unexpected = check.unexpected(List.of("fx-1", "fx-2"), json("{}"));
        // Then
        assertThat(unexpected).singleElement().asString().contains("hub", "fx-2");
    }

    @Test
    void namesARecordOnAPlatform() throws IOException {
        // When
        List<String> unexpected = check.unexpected(List.of("fx-1"), json("""
                {"pagerduty":[{"id":"PX1"}],
                 "datadog":[{"kind":"case","id":"c","number":"SANDBOX-9","title":"disk 80 % full","url":"http://x/9"}]}"""));
        // Then
        assertThat(unexpected).singleElement().asString().contains("datadog", "case", "SANDBOX-9", "disk 80 % full");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
