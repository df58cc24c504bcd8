package io.xtribe.fusionhub.incident;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

class KnownTest {

    /** A platform's own count is surer than its clock, which is read to the second and may be set back. */
    @ParameterizedTest
    @CsvSource({
        // known at, known version, report at, report version, is older
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
            long at, long version, long reportAt, long reportVersion, boolean older) {
        // Given
        var known = new Known(Status.OPEN, Priority.P1, Samples.STARTED.plusSeconds(at), version);

        // Then
        assertThat(known.isOlderThan(Samples.STARTED.plusSeconds(reportAt), reportVersion))
                .isEqualTo(older);
    }
}
