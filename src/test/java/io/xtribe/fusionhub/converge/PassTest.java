package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.work.Lease;
import io.xtribe.fusionhub.work.WorkEntry;
import io.xtribe.fusionhub.work.WorkLane;

import static org.assertj.core.api.Assertions.assertThat;

class PassTest {

    private final Pass pass = new Pass(
            new Lease(Samples.ID, new WorkEntry(0, 2, "hub", 30_000, "lease", WorkLane.TRIGGER), 7, System.nanoTime()));

    @Test
    void takesOnEachStepOnce() {
        // Given
        var open = Step.of(Samples.newIncident(), "pagerduty", "incident", Operation.OPEN);
        var update = Step.of(Samples.newIncident(), "pagerduty", "incident", Operation.UPDATE);
        pass.takeOn(List.of(open));
        pass.tried(open);

        // When
        pass.takeOn(List.of(open, update));

        // Then
        assertThat(pass.steps()).containsExactly(update);
        assertThat(pass.hasTried(open)).isTrue();
        assertThat(pass.hasTried(Step.of(Samples.newIncident(), "datadog", "case", Operation.OPEN)))
                .isFalse();
    }

    /** Within one pass: a find that has become conclusive, and the look for a second record once there is one. */
    @Test
    void takesOnWhatIsOtherWorkThanBefore() {
        // Given
        var early = Step.find(Samples.newIncident(), "servicenow", "incident", false);
        var conclusive = Step.find(Samples.newIncident(), "servicenow", "incident", true);
        var recheck = Step.find(Samples.opened(), "servicenow", "incident", true);

        // When
        pass.takeOn(List.of(early));
        pass.tried(early);
        pass.takeOn(List.of(early, conclusive, recheck));

        // Then
        assertThat(pass.steps()).containsExactly(conclusive, recheck);
    }

    @Test
    void takesOnAgainWhatItsBranchDidNotBegin() {
        // Given
        var open = Step.of(Samples.newIncident(), "pagerduty", "incident", Operation.OPEN);
        assertThat(pass.isLeftOver(open)).isFalse();
        pass.takeOn(List.of(open));

        // When
        pass.takeOn(List.of(open));

        // Then
        assertThat(pass.steps()).containsExactly(open);
        assertThat(pass.isLeftOver(open)).isTrue();
        pass.tried(open);
        assertThat(pass.isLeftOver(open)).isFalse();
    }

    @Test
    void countsItselfAmongTheTries() {
        assertThat(pass.tries()).isEqualTo(3);
        assertThat(pass.id()).isEqualTo(Samples.ID);
    }

    @Test
    void waitsForTheLongestThatAnybodyAskedFor() {
        // When
        pass.failed(Duration.ofSeconds(5));
        pass.failed(Duration.ofSeconds(60));
        pass.failed(Duration.ZERO);

        // Then
        assertThat(pass.hasFailed()).isTrue();
        assertThat(pass.retryAfter()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void hasNotFailedNorEndedBeforeItIsSaid() {
        assertThat(pass.hasFailed()).isFalse();
        assertThat(pass.retryAfter()).isZero();
        assertThat(pass.isOver()).isFalse();

        pass.end();
        assertThat(pass.isOver()).isTrue();
    }

    @Test
    void knowsHowLongItsRightLasts() {
        assertThat(pass.lease().left()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
        assertThat(new Lease(
                                Samples.ID,
                                new WorkEntry(0, 0, "hub", 1_000, "lease", WorkLane.TRIGGER),
                                7,
                                System.nanoTime() - 3_000_000_000L)
                        .left())
                .isNegative();
    }
}
