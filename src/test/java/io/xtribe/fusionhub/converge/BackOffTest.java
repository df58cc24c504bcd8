package io.xtribe.fusionhub.converge;

import java.time.Duration;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BackOffTest {

    private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource({"0, 1000", "1, 1000", "2, 2000", "3, 4000", "9, 256000", "10, 300000", "31, 300000", "1000000, 300000"})
    void doublesUpToTheLongestWithJitterOnItsUpperHalf(int failures, long fullMillis) {
        for (int i = 0; i < 50; i++) {
            assertThat(BACK_OFF.after(failures).toMillis()).isBetween(fullMillis / 2, fullMillis);
        }
    }

    @Property(tries = 200)
    void isNeverLongerThanTheLongestNorNegative(
            @ForAll int failures,
            @ForAll @IntRange(max = 10_000) int first,
            @ForAll @IntRange(max = 600_000) int longest) {
        assertThat(new BackOff(Duration.ofMillis(first), Duration.ofMillis(longest)).after(failures))
                .isBetween(Duration.ZERO, Duration.ofMillis(longest));
    }
}
