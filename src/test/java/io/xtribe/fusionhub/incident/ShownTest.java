package io.xtribe.fusionhub.incident;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

class ShownTest {

    /** A platform's own count is surer than its clock, which is read to the second and may be set back. */
    @ParameterizedTest
    @CsvSource({
        // known at, known version, report at, report version, is later
        "100, 5,   0,  6, true",
        "100, 5, 200,  4, false",
        "100, 5, 200,  5, false",
        "100, 0,   0,  1, true",
        "100, 1, 200,  0, false",
        "100, 5, 200, -1, true",
        "100, 5,   0, -1, false",
        "100, -1, 200, 5, true",
        "100, -1,   0, 5, false",
        "100, -1, 100, -1, false",
        "100, -1, 101, -1, true",
    })
    void goesByTheVersionWhereBothHaveOneElseByTheTime(
            long at, long version, long reportAt, long reportVersion, boolean later) {
        assertThat(shown(at * 1_000, version).isBefore(field(reportAt * 1_000, reportVersion)))
                .isEqualTo(later);
    }

    /** PagerDuty's interface tells whole seconds, its webhooks tell milliseconds. */
    @ParameterizedTest
    @CsvSource({"5000, 5001, false", "5000, 5999, false", "5000, 6000, true", "5001, 5002, true", "5900, 5000, false"})
    void knowsOfATimeInWholeSecondsOnlyTheSecond(long at, long reportAt, boolean later) {
        assertThat(shown(at, -1).isBefore(field(reportAt, -1))).isEqualTo(later);
    }

    private static Shown<Priority> shown(long atMillis, long version) {
        return new Shown<>(Priority.P1, Samples.STARTED.plusMillis(atMillis), version, null);
    }

    private static Observation.Field field(long atMillis, long version) {
        return new Observation.Field("P1", Samples.STARTED.plusMillis(atMillis), version);
    }
}
