package io.xtribe.fusionhub.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.converge.AttemptClock;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** What polls have found counts as repaired when the index has seen its incident settled after that. */
class DriftWatchTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Incident incident = Samples.newIncident();
    private IncidentIndex.Row row;
    private final IncidentIndex index = new IncidentIndex(null, new AttemptClock(Duration.ZERO)) {
        @Override
        public Optional<Row> find(String id) {
            return Optional.ofNullable(row);
        }
    };
    private final DriftWatch watch = new DriftWatch(index, List.of("a", "b"), metrics);

    private void seen(Incident state) {
        row = IncidentIndex.Row.of(state, Instant.now(), System.nanoTime());
    }

    private double count(String what, String platform) {
        return metrics.get("fusion.drift." + what)
                .tag("platform", platform)
                .counter()
                .count();
    }

    @Test
    void countsWhatWasFoundAndOnceWhatIsInStepAgain() {
        watch.found("a", incident);
        seen(incident);
        watch.look();
        assertThat(count("found", "a")).isOne();
        assertThat(count("repaired", "a")).isZero();

        seen(incident.settled(Set.of()));
        watch.look();
        watch.look();

        assertThat(count("repaired", "a")).isOne();
        assertThat(count("found", "b")).isZero();
    }

    @Test
    void aStateFromBeforeItWasFoundTellsNothing() {
        seen(incident.settled(Set.of()));
        watch.found("a", incident);

        watch.look();

        assertThat(count("repaired", "a")).isZero();
    }

    @Test
    void anIncidentThatIsGoneIsForgotten() {
        watch.found("a", incident);
        watch.look();
        seen(incident.settled(Set.of()));

        watch.look();

        assertThat(count("repaired", "a")).isZero();
    }
}
