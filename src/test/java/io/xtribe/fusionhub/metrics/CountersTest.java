package io.xtribe.fusionhub.metrics;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CountersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void countsByTheValuesOfItsLabels() {
        var counters = new Counters(registry, "calls", "Calls", "platform", "outcome");

        counters.of("one", "ok").increment();
        counters.of("one", "ok").increment();
        counters.of("one", "failed").increment();

        assertThat(registry.get("calls")
                        .tags("platform", "one", "outcome", "ok")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("calls")
                        .tags("platform", "one", "outcome", "failed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(counters.of("one", "ok")).isSameAs(counters.of("one", "ok"));
    }

    @Test
    void makesNoMoreSeriesThanPrometheusCanKeepWhateverComesFromOutside() {
        var counters = new Counters(registry, "words", "Words", "word");

        for (var word = 0; word < 5_000; word++) {
            counters.of("word-" + word).increment();
        }

        assertThat(registry.get("words").counters()).hasSize(1_001);
        assertThat(registry.get("words").tag("word", "other").counter().count()).isEqualTo(4_000);
    }

    @Test
    void timersOfOneNameHaveTheSameBuckets() {
        var timers =
                new Timers(registry, "took", "Took", List.of(Duration.ofMillis(10), Duration.ofSeconds(1)), "what");

        timers.of("this").record(Duration.ofMillis(50));

        var counts = timers.of("this").takeSnapshot().histogramCounts();
        assertThat(counts).extracting(bucket -> bucket.count()).containsExactly(0.0, 1.0);
    }
}
