package io.xtribe.fusionhub.nats;

import java.time.Duration;

import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LayoutTest {

    private static StreamConfiguration letters() {
        return new Layout(1)
                .streams().stream()
                        .filter(stream -> stream.getName().equals(Names.DEAD_LETTERS))
                        .findFirst()
                        .orElseThrow();
    }

    /** A letter of a stranger has 2 KB at most, all of them lie under one subject. */
    @ParameterizedTest
    @CsvSource({"512, 20000", "128, 16384", "32, 4096", "8, 1024"})
    void strangersFillNoMoreThanAQuarterOfTheDeadLetters(long megabytes, long letters) {
        var stream = Layout.smaller(letters(), megabytes << 20);

        assertThat(stream.getMaxBytes()).isEqualTo(megabytes << 20);
        assertThat(stream.getMaxMsgsPerSubject()).isEqualTo(letters);
        assertThat(stream.getDuplicateWindow()).isEqualTo(Duration.ofMinutes(10));
    }
}
