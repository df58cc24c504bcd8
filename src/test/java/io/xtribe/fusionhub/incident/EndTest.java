package io.xtribe.fusionhub.incident;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.incident.End.Beginning;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.testing.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/** What a beginning is to an end that was told before it. */
class EndTest {

    private static final Instant ENDED = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // seconds after the end, count of changes of the beginning and of the end
        "-60, -1, -1, BEFORE",
        "-3, -1, -1, BEFORE",
        "-2, -1, -1, UNCLEAR",
        "0, -1, -1, UNCLEAR",
        "2, -1, -1, UNCLEAR",
        "3, -1, -1, AFTER",
        "60, 1, 3, BEFORE",
        "-60, 4, 3, AFTER",
        "0, 2, 3, BEFORE",
        "60, 3, 3, AFTER",
        "-60, 1, -1, BEFORE",
    })
    void comparesByTheCountOfChangesElseByTime(long seconds, long begun, long ended, Beginning expected) {
        var end = new End(ENDED, true, ended);

        assertThat(end.beginning(beginning(ENDED.plusSeconds(seconds), true, begun)))
                .isEqualTo(expected);
    }

    @Test
    void comparesNothingWithATimeThatThePlatformDidNotSay() {
        assertThat(new End(ENDED, false, -1).beginning(beginning(ENDED.plusSeconds(60), true, -1)))
                .isEqualTo(Beginning.UNCLEAR);
        assertThat(new End(ENDED, true, -1).beginning(beginning(ENDED.plusSeconds(60), false, -1)))
                .isEqualTo(Beginning.UNCLEAR);
    }

    @Test
    void isReplacedByALaterOneOnly() {
        var end = new End(ENDED, true, -1);

        assertThat(end.replaces(end)).isFalse();
        assertThat(new End(ENDED.plusSeconds(1), true, -1).replaces(end)).isTrue();
        assertThat(new End(ENDED.plusSeconds(60), true, -1).replaces(end)).isTrue();
        assertThat(new End(ENDED.minusSeconds(60), true, -1).replaces(end)).isFalse();
    }

    private static Signal beginning(Instant at, boolean timed, long version) {
        return Signals.of(
                "s1",
                "servicenow",
                SignalKind.TRIGGERED,
                "",
                null,
                null,
                "scope",
                "key",
                null,
                "title",
                "",
                "P1",
                "open",
                at,
                version,
                RoutingHints.NONE,
                timed,
                "");
    }
}
