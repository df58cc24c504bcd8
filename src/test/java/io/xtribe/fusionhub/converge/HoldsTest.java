package io.xtribe.fusionhub.converge;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HoldsTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMinutes(1);

    private final Holds holds = new Holds();

    @Test
    void holdsAPlatformForAllIncidents() {
        // When
        holds.holdPlatform("datadog", LONG);

        // Then
        assertThat(holds.left("fx-1", "datadog")).isBetween(LONG.minus(SHORT), LONG);
        assertThat(holds.left("fx-2", "datadog")).isBetween(LONG.minus(SHORT), LONG);
        assertThat(holds.left("fx-1", "pagerduty")).isZero();
    }

    @Test
    void holdsOneIncidentOnOnePlatform() {
        // When
        holds.holdIncident("fx-1", "datadog", LONG);

        // Then
        assertThat(holds.left("fx-1", "datadog")).isBetween(LONG.minus(SHORT), LONG);
        assertThat(holds.left("fx-2", "datadog")).isZero();
        assertThat(holds.left("fx-1", "pagerduty")).isZero();
    }

    @Test
    void keepsTheLongestOfAllThatHold() {
        // When
        holds.holdPlatform("datadog", SHORT);
        holds.holdIncident("fx-1", "datadog", LONG);
        holds.holdPlatform("pagerduty", LONG);
        holds.holdPlatform("pagerduty", SHORT);
        holds.holdIncident("fx-1", "pagerduty", SHORT);
        holds.holdPlatform("servicenow", SHORT);
        holds.holdPlatform("servicenow", LONG);

        // Then
        assertThat(holds.left("fx-1", "servicenow")).isGreaterThan(SHORT);
        assertThat(holds.left("fx-1", "datadog")).isGreaterThan(SHORT);
        assertThat(holds.left("fx-2", "datadog")).isBetween(Duration.ofSeconds(1), SHORT);
        assertThat(holds.left("fx-1", "pagerduty")).isGreaterThan(SHORT);
    }

    @Test
    void forgetsWhatIsOverAndNothingElse() {
        // Given
        holds.holdPlatform("datadog", Duration.ofSeconds(-1));
        holds.holdPlatform("pagerduty", LONG);

        // When
        holds.prune();

        // Then
        assertThat(holds.left("fx-1", "datadog")).isZero();
        assertThat(holds.left("fx-1", "pagerduty")).isGreaterThan(SHORT);
    }

    @Test
    void holdsNothingWhenAPausedPlatformIsBack() {
        // Given
        holds.holdPlatform("datadog", LONG);
        holds.holdIncident("fx-1", "pagerduty", LONG);

        // When
        holds.clear();

        // Then
        assertThat(holds.left("fx-1", "datadog")).isZero();
        assertThat(holds.left("fx-1", "pagerduty")).isZero();
    }
}
