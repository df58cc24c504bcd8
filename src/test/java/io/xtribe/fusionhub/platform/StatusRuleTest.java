package io.xtribe.fusionhub.platform;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.incident.Status;

import static org.assertj.core.api.Assertions.assertThat;

class StatusRuleTest {

    @ParameterizedTest
    @CsvSource({
        // shown, desired, plain, takes back, is not acknowledged, has one word for open and acknowledged
        "OPEN,         OPEN,         OPEN,         OPEN,         OPEN,         OPEN",
        "OPEN,         ACKNOWLEDGED, ACKNOWLEDGED, ACKNOWLEDGED, OPEN,         OPEN",
        "OPEN,         RESOLVED,     RESOLVED,     RESOLVED,     RESOLVED,     RESOLVED",
        "ACKNOWLEDGED, OPEN,         ACKNOWLEDGED, OPEN,         ACKNOWLEDGED, ACKNOWLEDGED",
        "ACKNOWLEDGED, ACKNOWLEDGED, ACKNOWLEDGED, ACKNOWLEDGED, ACKNOWLEDGED, ACKNOWLEDGED",
        "ACKNOWLEDGED, RESOLVED,     RESOLVED,     RESOLVED,     RESOLVED,     RESOLVED",
        "RESOLVED,     OPEN,         OPEN,         OPEN,         OPEN,         OPEN",
        // Opened again: whoever is on call is called again where the hub does not acknowledge.
        "RESOLVED,     ACKNOWLEDGED, ACKNOWLEDGED, ACKNOWLEDGED, OPEN,         ACKNOWLEDGED",
        "RESOLVED,     RESOLVED,     RESOLVED,     RESOLVED,     RESOLVED,     RESOLVED",
    })
    void aRecordFollows(
            Status shown, Status desired, Status plain, Status takesBack, Status notAcknowledged, Status oneWord) {
        var alike = Set.of(Status.OPEN, Status.ACKNOWLEDGED);

        assertThat(StatusRule.PLAIN.of(shown, desired)).isEqualTo(plain);
        assertThat(new StatusRule(true, true, Set.of(), Map.of()).of(shown, desired))
                .isEqualTo(takesBack);
        assertThat(new StatusRule(false, false, Set.of(), Map.of()).of(shown, desired))
                .isEqualTo(notAcknowledged);
        assertThat(new StatusRule(false, true, alike, Map.of()).of(shown, desired))
                .isEqualTo(oneWord);
    }
}
