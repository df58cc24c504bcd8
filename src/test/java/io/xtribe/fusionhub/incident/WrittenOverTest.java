package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.incident.Outcome.Updated;
import io.xtribe.fusionhub.signal.SignalEnd;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A webhook that comes after the hub has written to its record. Times are seconds after {@link Samples#STARTED}: the record is known to be
 * open and P1 as of then, and the hub writes at {@link #WRITTEN}.
 */
class WrittenOverTest {

    private static final int WRITTEN = 30;

    @Test
    void tellsEverybodyOnceOfAPriorityThatTheHubWroteOverBeforeItHeardOfIt() {
        // Given
        var written = written(Status.OPEN, Priority.P3);

        // When
        var change = written.observe(says("open", "P2", 20), Samples.hearing(at(35)));
        var again = change.incident().observe(says("open", "P2", 20), Samples.hearing(at(36)));

        // Then
        assertThat(change.incident().priority()).isEqualTo(Priority.P3);
        assertThat(change.incident().isSettled()).isFalse();
        assertThat(change.notes())
                .contains("pagerduty set the priority to P2 before the hub, which had not heard of it, wrote P3 there:"
                        + " P3 holds");
        assertThat(again.incident().comments()).hasSize(1);
    }

    /** Before what was known, as a webhook that is sent again is; beside a write of the hub; or what the hub itself wrote. */
    @ParameterizedTest
    @CsvSource({"P2, -5", "P2, 1", "P1, 20", "P3, 20"})
    void saysNothingOfWhatNobodyLost(String priority, int second) {
        // Given
        var written = written(Status.OPEN, Priority.P3);

        // When
        var after = written.observe(says("open", priority, second), Samples.hearing(at(35)))
                .incident();

        // Then
        assertThat(after.comments()).isEmpty();
        assertThat(after.priority()).isEqualTo(Priority.P3);
    }

    @ParameterizedTest
    @CsvSource({"ACKNOWLEDGED, resolved, true", "RESOLVED, acknowledged, false"})
    void tellsOfAStatusOnlyWhereItWasTakenBack(Status wrote, String told, boolean tells) {
        // Given
        var written = written(wrote, Priority.P1);

        // When
        var change = written.observe(says(told, "P1", 20), Samples.hearing(at(35)));

        // Then
        assertThat(change.incident().status()).isEqualTo(wrote);
        assertThat(change.incident().comments()).hasSize(tells ? 1 : 0);
    }

    /** Records that an earlier version stored do not tell since when what was replaced had stood there. */
    @Test
    void saysNothingWhereItIsNotKnownWhatWasReplacedWhen() {
        // Given
        var written = written(Status.OPEN, Priority.P3);
        var known = written.part("pagerduty", "incident").known();
        var old = new Shown<>(Priority.P3, at(WRITTEN), -1, new Shown.Write<>(Priority.P3, Priority.P1, at(WRITTEN)));
        var stored = written.withPart(
                "pagerduty", "incident", part -> part.showing(known.with(known.status(), old, known.title())));

        // When
        var after =
                stored.observe(says("open", "P2", 20), Samples.hearing(at(35))).incident();

        // Then
        assertThat(after.comments()).isEmpty();
    }

    @Test
    void isKeptInTheStoredForm() {
        var written = written(Status.OPEN, Priority.P3);

        assertThat(IncidentJson.read(IncidentJson.write(written), Incident.class))
                .isEqualTo(written);
    }

    private static Incident written(Status status, Priority priority) {
        var incident = Samples.opened().desiring(status, priority);
        var step = Step.of(incident, "pagerduty", "incident", Operation.UPDATE);
        var answer = says(status.name().toLowerCase(Locale.ROOT), priority.name(), WRITTEN);
        return incident.outcome(step, new Updated(answer, Samples.hearing(at(WRITTEN))))
                .incident()
                .settled(Set.of());
    }

    private static Observation says(String status, String priority, int second) {
        return new Observation(
                "pagerduty",
                "incident",
                null,
                Samples.reference("pagerduty", "incident"),
                new Observation.Field(status, at(second), -1),
                new Observation.Field(priority, at(second), -1),
                Observation.Field.NOT_SAID,
                SignalEnd.RESOLVE,
                List.of(),
                null);
    }

    private static Instant at(int second) {
        return Samples.STARTED.plusSeconds(second);
    }
}
