package io.xtribe.fusionhub.converge;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HoldsTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMinutes(1);

    private final Holds holds = new Holds();

    @Test
    void holdsOneIncidentOnOnePlatform() {
        // When
        holds.hold("fx-1", "datadog", LONG);

        // Then
        assertThat(holds.left("fx-1", "datadog")).isBetween(LONG.minus(SHORT), LONG);
        assertThat(holds.left("fx-2", "datadog")).isZero();
        assertThat(holds.left("fx-1", "pagerduty")).isZero();
    }

    @Test
    void keepsTheLongestOfAllThatHold() {
        // When
        holds.hold("fx-1", "datadog", LONG);
        holds.hold("fx-1", "datadog", SHORT);
        holds.hold("fx-1", "pagerduty", SHORT);
        holds.hold("fx-1", "pagerduty", LONG);

        // Then
        assertThat(holds.left("fx-1", "datadog")).isGreaterThan(SHORT);
        assertThat(holds.left("fx-1", "pagerduty")).isGreaterThan(SHORT);
    }

    @Test
    void forgetsWhatIsOverAndNothingElse() {
        // Given
        holds.hold("fx-1", "datadog", Duration.ofSeconds(-1));
        holds.hold("fx-1", "pagerduty", LONG);

        // When
        holds.prune();

        // Then
        assertThat(holds.left("fx-1", "datadog")).isZero();
        assertThat(holds.left("fx-1", "pagerduty")).isGreaterThan(SHORT);
    }

    @Test
    void letsGoOfThePlatformThatIsBackAndOfNoOther() {
        // Given
        holds.hold("fx-1", "datadog", LONG);
        holds.hold("fx-2", "datadog", LONG);
        holds.hold("fx-1", "pagerduty", LONG);

        // When
        var released = holds.release("datadog");

        // Then
        assertThat(released).containsExactlyInAnyOrder("fx-1", "fx-2");
        assertThat(holds.left("fx-1", "datadog")).isZero();
        assertThat(holds.left("fx-1", "pagerduty")).isGreaterThan(SHORT);
    }
}
