package io.xtribe.fusionhub.lab.bench;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PercentilesTest {

    @Test
    void yieldsTheSmallestTimeThatTheShareDoesNotExceed() {
        var times = new Percentiles(LongStream.rangeClosed(1, 200).boxed().toList());

        assertThat(times.at(0)).isEqualTo(1);
        assertThat(times.at(0.5)).isEqualTo(100);
        assertThat(times.at(0.99)).isEqualTo(198);
        assertThat(times.max()).isEqualTo(200);
        assertThat(times.text()).isEqualTo("100 / 190 / 198 / 200");
    }

    @Test
    void isZeroOfNothing() {
        assertThat(new Percentiles(List.of()).at(0.99)).isZero();
    }
}
