package io.xtribe.fusionhub.console.page;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AgesTest {

    @ParameterizedTest
    @CsvSource({
        "-5, 0 s",
        "0, 0 s",
        "59, 59 s",
        "60, 1 min",
        "3599, 59 min",
        "3600, 1 h",
        "172799, 47 h",
        "172800, 2 d",
        "8640000, 100 d"
    })
    void areToldInOneUnit(long seconds, String words) {
        assertThat(Ages.words(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    @Test
    void theFirstMinuteIsToldToTheMillisecond() {
        assertThat(IncidentPage.after(Duration.ofMillis(1_234))).isEqualTo("+1.234 s");
        assertThat(IncidentPage.after(Duration.ofSeconds(61))).isEqualTo("+1 min");
        assertThat(IncidentPage.after(Duration.ofMillis(-3))).isEqualTo("+0 s");
    }

    @Test
    void timesWithoutAScriptAreOfGreenwich() {
        assertThat(Ages.utc(Instant.parse("2026-11-30T23:05:09.123Z"))).isEqualTo("2026-11-30 23:05:09 UTC");
    }
}
