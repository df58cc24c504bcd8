package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.testing.Availabilities;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptMakerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();
    private final AttemptClock clock = new AttemptClock(nanos::get, Duration.ofMinutes(5));
    private final Availability availability = Availabilities.unlimited();
    private final StepPermits permits = new StepPermits(availability);
    private final AttemptMaker maker =
            new AttemptMaker(new Platforms(Samples.PROFILES), clock, permits, "hub", DEADLINE);

    @Test
    void attemptsEverythingForATriggerButTheRecordThatIsThere() {
        // Given
        var ticket = Samples.opened(Samples.newIncident(), "servicenow", "incident");

        // When
        var attempted = maker.forTrigger(ticket);

        // Then
        assertThat(attempted.part("servicenow", "incident").attempt()).isNull();
        for (var part : List.of(
                attempted.part("datadog", "incident"),
                attempted.part("datadog", "case"),
                attempted.part("pagerduty", "incident"))) {
            assertThat(part.attempt().hub()).isEqualTo("hub");
            assertThat(part.attempt().deadlineMillis()).isEqualTo(DEADLINE.toMillis());
            assertThat(clock.begin(part.attempt())).isTrue();
        }
    }

    @Test
    void attemptsNothingForATriggerThatIsNotConfirmed() {
        // Given
        var old = Samples.unconfirmed();

        // Then
        assertThat(maker.forTrigger(old)).isEqualTo(old);
    }

    /** A fresh attempt of this process waits for its call; half its time gone, another host's patience would run out. */
    @ParameterizedTest
    @CsvSource({"0, true", "15, true", "16, false"})
    void keepsAnAttemptThatWaitedLessThanHalfItsTime(int seconds, boolean kept) {
        // Given
        var triggered = maker.forTrigger(Samples.newIncident());
        var before = triggered.part("pagerduty", "incident").attempt();
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());

        // When
        var after = maker.forSteps(triggered, List.of(Step.of(triggered, "pagerduty", "incident", Operation.OPEN)));

        // Then
        assertThat(after.part("pagerduty", "incident").attempt().equals(before)).isEqualTo(kept);
    }

    /** Its call may be under way: another one would be a second create. */
    @Test
    void keepsAnAttemptWhoseCallHasBegunHoweverOld() {
        // Given
        var triggered = maker.forTrigger(Samples.newIncident());
        clock.begin(triggered.part("pagerduty", "incident").attempt());
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        // Then
        assertThat(maker.forSteps(triggered, List.of(Step.of(triggered, "pagerduty", "incident", Operation.OPEN))))
                .isEqualTo(triggered);
    }

    @Test
    void attemptsLinksAnew() {
        // Given
        var incident = Samples.opened();

        // When
        var after = maker.forSteps(incident, List.of(Step.link(incident, "pagerduty", "incident", Map.of(), false)));

        // Then
        assertThat(clock.begin(after.part("pagerduty", "incident").linking())).isTrue();
        assertThat(after.part("pagerduty", "incident").attempt()).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "FIND", "CLOSE"})
    void needsNoAttemptForWhatMayBeDoneTwice(Operation operation) {
        // Given
        var incident = Samples.opened();

        // Then
        assertThat(maker.forSteps(incident, List.of(Step.of(incident, "pagerduty", "incident", operation))))
                .isEqualTo(incident);
    }

    /** A write that a hub died with may have its effect after the next one: what the record shows is read then. */
    @Test
    void remembersWhatIsWrittenUntilItsEndIsKnown() {
        // Given
        var incident = Samples.opened().desiring(Status.ACKNOWLEDGED, Priority.P1);

        // When
        var first = maker.forSteps(incident, List.of(Step.of(incident, "servicenow", "incident", Operation.UPDATE)));
        var attempt = first.part("servicenow", "incident").updating();
        var later = incident.withPart("servicenow", "incident", part -> part.updating(attempt.asUncertain()))
                .desiring(Status.RESOLVED, Priority.P1);
        var second = maker.forSteps(later, List.of(Step.of(later, "servicenow", "incident", Operation.UPDATE)));

        // Then
        assertThat(attempt.target()).isEqualTo(Map.of("status", "ACKNOWLEDGED"));
        var part = second.part("servicenow", "incident");
        assertThat(part.updating().target()).isEqualTo(Map.of("status", "RESOLVED"));
        assertThat(part.reread().statuses()).containsExactly(Status.ACKNOWLEDGED);
        assertThat(part.reread().afterMillis()).isEqualTo(60_000);
    }

    @Test
    void suspectsASecondRecordAfterASecondCreate() {
        // Given
        var attempted = maker.forTrigger(Samples.newIncident());
        var step = Step.find(attempted, "pagerduty", "incident", true);

        // When
        Part again =
                attempted.outcome(step, maker.again(step, DEADLINE)).incident().part("pagerduty", "incident");

        // Then
        assertThat(again.attempt()).isNotNull();
        assertThat(again.suspect()).isTrue();
        assertThat(again.recheck().afterMillis()).isEqualTo(DEADLINE.toMillis());
    }

    @Test
    void withdrawsWhatHasNotBegunAndNothingElse() {
        // Given
        var attempted = maker.forTrigger(Samples.newIncident());
        var begun = attempted.part("pagerduty", "incident").attempt();
        var notBegun = attempted.part("servicenow", "incident").attempt();
        clock.begin(begun);

        // When
        var withdrawn = maker.withdrawn(attempted);

        // Then
        assertThat(withdrawn.part("pagerduty", "incident").attempt()).isEqualTo(begun);
        assertThat(withdrawn.part("servicenow", "incident").attempt()).isNull();
        assertThat(withdrawn.part("datadog", "case").attempt()).isNull();
        assertThat(clock.begin(notBegun)).as("a call for what was withdrawn").isFalse();
        assertThat(maker.withdrawn(attempted))
                .as("tried again after a conflict")
                .isEqualTo(withdrawn);
    }

    /** Else the next writing would not read first what an earlier one may have left, and could write it twice. */
    @Test
    void remembersAnEarlierWritingOfLinksWhenItWithdrawsTheNext() {
        // Given
        var incident = Samples.opened();
        var first = maker.forSteps(incident, List.of(Step.link(incident, "pagerduty", "incident", Map.of(), false)));
        var unknown = first.withPart(
                "pagerduty", "incident", part -> part.linking(part.linking().asUncertain()));
        var second = maker.forSteps(unknown, List.of(Step.link(unknown, "pagerduty", "incident", Map.of(), true)));

        // When
        var withdrawn = maker.withdrawn(second);

        // Then
        assertThat(withdrawn.part("pagerduty", "incident").linking().uncertain())
                .isTrue();
        assertThat(maker.withdrawn(first.withPart("pagerduty", "incident", part -> part))
                        .part("pagerduty", "incident")
                        .linking())
                .as("the first one, which follows none")
                .isNull();
    }

    /** A branch that still holds the old attempt must not write beside the one that begins with the new. */
    @Test
    void letsNobodyBeginWithAnAttemptThatWasReplaced() {
        // Given
        var incident = Samples.opened();
        var link = List.of(Step.link(incident, "pagerduty", "incident", Map.of(), false));
        var first = maker.forSteps(incident, link);
        var attempt = first.part("pagerduty", "incident").linking();
        assertThat(maker.forSteps(first, link)).as("still young").isEqualTo(first);
        nanos.addAndGet(Duration.ofSeconds(16).toNanos());

        // When
        var second = maker.forSteps(first, link);

        // Then
        assertThat(second.part("pagerduty", "incident").linking()).isNotEqualTo(attempt);
        assertThat(clock.begin(attempt)).isFalse();
        assertThat(clock.begin(second.part("pagerduty", "incident").linking())).isTrue();
    }

    /** Its attempt would grow old while it waits. */
    @Test
    void makesNoAttemptWhereThePlatformGivesNoPermit() {
        // Given
        availability.of("servicenow").pause("401");

        // When
        var attempted = maker.forTrigger(Samples.newIncident());

        // Then
        assertThat(attempted.part("servicenow", "incident").attempt()).isNull();
        assertThat(attempted.part("pagerduty", "incident").attempt()).isNotNull();
        assertThat(availability.of("servicenow").status().waiting()).isOne();
    }

    @Test
    void leavesTheAttemptsOfAnotherProcessAlone() {
        // Given
        var attempted = new AttemptMaker(
                        new Platforms(Samples.PROFILES),
                        new AttemptClock(nanos::get, Duration.ofMinutes(5)),
                        permits,
                        "other",
                        DEADLINE)
                .forTrigger(Samples.newIncident());

        // Then
        assertThat(maker.withdrawn(attempted)).isEqualTo(attempted);
    }
}
