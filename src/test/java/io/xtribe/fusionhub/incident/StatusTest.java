package io.xtribe.fusionhub.incident;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatusTest {

    @ParameterizedTest
    @CsvSource({
        // was, reported, is
        "OPEN, open, OPEN",
        "OPEN, acknowledged, ACKNOWLEDGED",
        "OPEN, resolved, RESOLVED",
        "OPEN, active, OPEN",
        "OPEN, '', OPEN",
        "ACKNOWLEDGED, open, OPEN",
        "ACKNOWLEDGED, acknowledged, ACKNOWLEDGED",
        "ACKNOWLEDGED, resolved, RESOLVED",
        "ACKNOWLEDGED, active, ACKNOWLEDGED",
        "ACKNOWLEDGED, '', ACKNOWLEDGED",
        "RESOLVED, open, OPEN",
        "RESOLVED, acknowledged, ACKNOWLEDGED",
        "RESOLVED, resolved, RESOLVED",
        "RESOLVED, active, OPEN",
        "RESOLVED, '', RESOLVED",
    })
    void becomesWhatAPlatformReports(Status was, String reported, Status is) {
        assertThat(was.after(reported)).isEqualTo(is);
    }
}
