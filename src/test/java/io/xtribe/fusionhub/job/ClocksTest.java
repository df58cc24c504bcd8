package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.job.Finding.State;

import static org.assertj.core.api.Assertions.assertThat;

class ClocksTest {

    private static final Instant ASKED = Instant.parse("2026-11-29T12:00:00.400Z");
    private static final Instant ANSWERED = Instant.parse("2026-11-29T12:00:02.400Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Finding at(String theirs) {
        return Clocks.compared("datadog", ASKED, Instant.parse("2026-11-29T" + theirs + "Z"), SECOND, ANSWERED);
    }

    /** The answer was written at some moment between the two, and its date has whole seconds. */
    @ParameterizedTest
    @CsvSource({
        "12:00:00, 0",
        "12:00:02, 0",
        "12:00:03, 600",
        "12:00:32, 29600",
        "11:59:59, -400",
        "11:59:29, -30400",
    })
    void onlyWhatCannotBeTheTimeOfTheCallIsADifference(String theirs, long millis) {
        var written = Instant.parse("2026-11-29T" + theirs + "Z");

        assertThat(Clocks.atLeastAhead(ASKED, written, SECOND, ANSWERED)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"12:00:07", "11:59:55", "12:00:01"})
    void someSecondsAreTolerated(String theirs) {
        assertThat(at(theirs).state()).isEqualTo(State.OK);
    }

    @Test
    void aClockThatIsWrongIsTold() {
        assertThat(at("12:00:08").text()).isEqualTo("its clock is at least 5 s ahead of that of this host");
        assertThat(at("11:50:00").text()).isEqualTo("its clock is at least 9 min 59 s behind that of this host");
        assertThat(at("11:50:00").state()).isEqualTo(State.LEFT);
        assertThat(at("11:50:00").remedy()).isNotEmpty();
    }
}
