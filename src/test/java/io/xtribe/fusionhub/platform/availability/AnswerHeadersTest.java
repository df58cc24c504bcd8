package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerHeadersTest {

    private static final RateRule.Headers SECONDS = new RateRule.Headers("l", "p", "left", "reset", false, "n");
    private static final RateRule.Headers TIME = new RateRule.Headers("l", "", "", "reset", true, "");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After | 7 | 7",
                "Retry-After | Sat, 31 Jan 2026 12:00:30 GMT | 30",
                "Retry-After | Sat, 31 Jan 2026 11:00:00 GMT | 0",
                "reset | 9 | 9",
            })
    void readsEveryFormOfAWait(String header, String value, long seconds) {
        var headers = Map.of(header, value, "Date", "Sat, 31 Jan 2026 12:00:00 GMT");
        assertThat(new AnswerHeaders(SECONDS, headers::get).retryAfter()).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Retry-After | soon", "Retry-After | -1", "Retry-After | 9999999999999999", "reset | ''", "x | 1"})
    void knowsNoWaitWhereThereIsNone(String header, String value) {
        var headers = new HashMap<>(Map.of(header, value));
        assertThat(new AnswerHeaders(SECONDS, headers::get).retryAfter()).isEmpty();
    }

    /** The vendor's clock may be hours off. */
    @Test
    void readsATimeAgainstTheClockOfWhoWroteIt() {
        var end = Instant.parse("2020-01-31T12:05:00Z").getEpochSecond();
        var headers = Map.of("reset", "" + end, "Date", "Fri, 31 Jan 2020 12:00:00 GMT");
        assertThat(new AnswerHeaders(TIME, headers::get).reset()).contains(Duration.ofMinutes(5));
    }

    @Test
    void readsATimeAgainstOurClockWhereTheAnswerHasNoDate() {
        var headers = Map.of("reset", "" + Instant.now().plusSeconds(60).getEpochSecond());
        assertThat(new AnswerHeaders(TIME, headers::get).reset())
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60)));
    }

    @Test
    void readsWhenTheAnswerWasWritten() {
        assertThat(new AnswerHeaders(SECONDS, Map.of("Date", "Sat, 31 Jan 2026 12:00:00 GMT")::get)
                        .date()
                        .flatMap(AnswerHeaders::read))
                .contains(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(new AnswerHeaders(SECONDS, Map.of("Date", "today")::get)
                        .date()
                        .flatMap(AnswerHeaders::read))
                .isEmpty();
    }
}
