package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.incident.Desired;
import io.xtribe.fusionhub.incident.Held;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Recheck;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Reread;
import io.xtribe.fusionhub.incident.Shown;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.platform.PlatformProfile;
import io.xtribe.fusionhub.platform.StatusRule;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** What is opened, looked for, held back or left alone. */
class PlanTest extends PlanFixture {

    @Test
    void opensEverythingAtOnceWhenNothingIsKnown() {
        // When
        var plan = plan(Samples.newIncident());

        // Then
        assertThat(names(plan))
                .containsExactlyInAnyOrder(
                        "datadog/incident OPEN",
                        "datadog/case OPEN",
                        "servicenow/incident OPEN",
                        "pagerduty/incident OPEN");
        assertThat(plan.blocked()).isFalse();
        assertThat(plan.isComplete()).isFalse();
    }

    @Test
    void doesNothingForWhatTheStormBrakeHolds() {
        // Given
        var held = Samples.newIncident().heldBack(Held.since(Samples.STARTED, "too many"));

        // Then
        assertThat(plan(held).isComplete()).isTrue();
        assertThat(plan(held.unsettled()).isComplete()).isTrue();
        assertThat(plan(held.discarded().incident().unsettled()).isComplete()).isTrue();
        assertThat(names(plan(held.released(Samples.STARTED).incident()))).hasSize(4);
    }

    @Test
    void opensWithAFreshAttempt() {
        // Given
        var incident = attempting("pagerduty", attempt("t1"));
        clock.own(attempt("t1"));

        // Then
        assertThat(names(plan(incident))).contains("pagerduty/incident OPEN");
    }

    @Test
    void leavesALiveAttemptAlone() {
        // Given
        var incident = attempting("pagerduty", attempt("t1"));
        plan(incident);
        after(Duration.ofSeconds(10));

        // When
        var plan = plan(incident);

        // Then
        assertThat(names(plan)).noneMatch(name -> name.startsWith("pagerduty"));
        assertThat(plan.blocked()).isTrue();
        assertThat(plan.retryIn()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void findsAtOnceAndConclusivelyWhereThePlatformKnowsOurKeyOnlyOnce() {
        // Given
        var incident = attempting("pagerduty", attempt("t1").asUncertain());

        // When
        var step = step(plan(incident), "pagerduty");

        // Then
        assertThat(step.operation()).isEqualTo(Operation.FIND);
        assertThat(step.conclusive()).isTrue();
    }

    @Test
    void findsThenWaitsThenFindsConclusivelyWhereARecordMayTurnUpLate() {
        // Given
        var incident = attempting("servicenow", attempt("t1").asUncertain());

        // When
        var early = plan(incident);
        after(DEADLINE.plusSeconds(59));
        var later = plan(incident);
        after(Duration.ofSeconds(1));
        var settled = plan(incident);

        // Then
        assertThat(step(early, "servicenow").operation()).isEqualTo(Operation.FIND);
        assertThat(step(early, "servicenow").conclusive()).isFalse();
        assertThat(early.blocked()).isTrue();
        assertThat(step(later, "servicenow").conclusive()).isFalse();
        assertThat(later.retryIn()).isEqualTo(Duration.ofSeconds(1));
        assertThat(step(settled, "servicenow").conclusive()).isTrue();
        assertThat(settled.blocked()).isFalse();
    }

    @Test
    void takesAnAttemptOfAnotherHubForOverOnlyAfterItsFullDeadline() {
        // Given
        var incident = attempting("pagerduty", attempt("theirs"));
        plan(incident);
        after(DEADLINE);

        // Then
        assertThat(names(plan(incident))).contains("pagerduty/incident FIND");
    }

    @ParameterizedTest
    @CsvSource({"open, 3", "link, 3", "update, 3"})
    void leavesARefusedOperationAloneUntilTheGenerationChanges(String operation, int others) {
        // Given
        var opened = operation.equals("open") ? Samples.newIncident() : Samples.opened();
        var lagging = operation.equals("update") ? linked().desiring(Status.ACKNOWLEDGED, Priority.P1) : opened;
        var refused = lagging.withPart(
                "servicenow",
                "incident",
                part -> part.rejected(
                        new Rejection(operation, 400, "Data Policy Exception", lagging.generation(), NOW)));

        // Then
        assertThat(names(plan(refused))).hasSize(others).noneMatch(name -> name.startsWith("servicenow"));
        assertThat(names(plan(refused.desiring(Status.ACKNOWLEDGED, Priority.P2))))
                .anyMatch(name -> name.startsWith("servicenow"));
    }

    @Test
    void blocksOnlyThePausedPlatform() {
        // When
        var plan = Plan.of(Samples.newIncident(), Samples.PROFILES, clock, holding("servicenow"));

        // Then
        assertThat(names(plan))
                .containsExactlyInAnyOrder("datadog/incident OPEN", "datadog/case OPEN", "pagerduty/incident OPEN");
        assertThat(plan.blocked()).isTrue();
        assertThat(plan.retryIn()).isEqualTo(Plan.UNTIL_TOLD);
    }

    @Test
    void isNotHeldUpByAPausedPlatformWithNothingToDo() {
        assertThat(Plan.of(linked(), Samples.PROFILES, clock, platform -> Plan.UNTIL_TOLD)
                        .isComplete())
                .isTrue();
    }

    @Test
    void opensNothingForWhatWasResolvedBefore() {
        // Given
        var resolved = Samples.newIncident().desiring(Status.RESOLVED, Priority.P1);

        // Then
        assertThat(plan(resolved).isComplete()).isTrue();
    }

    @Test
    void opensNothingForWhatWasResolvedBeforeItsCallBegan() {
        // Given
        clock.own(attempt("t1"));
        var resolved = attempting("pagerduty", attempt("t1")).desiring(Status.RESOLVED, Priority.P1);

        // Then
        assertThat(plan(resolved).isComplete()).isTrue();
    }

    @Test
    void looksForWhatMayHaveBeenOpenedBeforeItWasResolved() {
        // Given
        var resolved = attempting("pagerduty", attempt("t1").asUncertain()).desiring(Status.RESOLVED, Priority.P1);

        // When
        var early = step(plan(resolved), "pagerduty");
        after(DEADLINE.plusSeconds(60));
        var settled = step(plan(resolved), "pagerduty");

        // Then
        assertThat(early.operation()).isEqualTo(Operation.FIND);
        assertThat(early.conclusive()).isFalse();
        assertThat(settled.conclusive()).isTrue();
    }

    @Test
    void onlyReadsForATriggerThatIsNotConfirmed() {
        // Given
        var unconfirmed = Samples.unconfirmed();

        // Then
        assertThat(names(plan(unconfirmed))).containsExactly("datadog/ READ");
        assertThat(names(plan(unconfirmed.confirmed()))).hasSize(4);
    }

    @Test
    void waitsWithAnOldTriggerForItsPausedPlatform() {
        // When
        var plan = Plan.of(Samples.unconfirmed(), Samples.PROFILES, clock, holding("datadog"));

        // Then
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.blocked()).isTrue();
    }

    /** Else the record would never settle, and the platform would be asked for ever. */
    @Test
    void doesNotCloseAgainWhatThePlatformRefusedToClose() {
        // Given
        var twice = linked().withPart("servicenow", "incident", part -> part.withDuplicate("second"));
        assertThat(names(plan(twice))).containsExactly("servicenow/incident CLOSE");

        // When
        var refused = twice.withPart(
                "servicenow",
                "incident",
                part -> part.rejected(new Rejection("close", 400, "no", twice.generation(), NOW)));

        // Then
        assertThat(plan(refused).isComplete()).isTrue();
        assertThat(names(plan(refused.withPart("servicenow", "incident", part -> part.withDuplicate("third")))))
                .as("what was not refused yet")
                .contains("servicenow/incident CLOSE");
        assertThat(names(plan(refused.desiring(Status.OPEN, Priority.P2)))).contains("servicenow/incident CLOSE");
    }

    @Test
    void looksOnceMoreForASecondRecordWhenItsTimeHasCome() {
        // Given
        var suspect = suspecting(linked(), "servicenow");

        // When
        var before = plan(suspect);
        after(RECHECK);
        var after = plan(suspect);

        // Then
        assertThat(before.steps()).isEmpty();
        assertThat(before.blocked()).isTrue();
        assertThat(before.retryIn()).isEqualTo(RECHECK);
        assertThat(names(after)).containsExactly("servicenow/incident FIND");
        assertThat(plan(suspect.withPart("servicenow", "incident", Part::rechecked))
                        .isComplete())
                .isTrue();
    }

    /** While our record is open its unique key keeps the late one out; as soon as it is closed, it does not. */
    @Test
    void looksForASecondPageFromTheEndOfTheIncidentOn() {
        // Given
        var suspect = suspecting(linked(), "pagerduty");
        var over = suspect.desiring(Status.RESOLVED, Priority.P1);

        // When
        after(RECHECK.multipliedBy(10));

        // Then
        assertThat(plan(suspect).isComplete()).isTrue();
        assertThat(names(plan(over))).contains("pagerduty/incident UPDATE").doesNotContain("pagerduty/incident FIND");

        var closed = showing(over, Status.RESOLVED);
        var first = plan(closed);
        assertThat(names(first)).containsExactly("pagerduty/incident FIND");
        assertThat(first.steps().get(0).conclusive()).isFalse();
        assertThat(first.retryIn()).isEqualTo(RECHECK);

        after(RECHECK);
        var last = plan(closed);
        assertThat(names(last)).containsExactly("pagerduty/incident FIND");
        assertThat(last.steps().get(0).conclusive()).isTrue();
        assertThat(last.blocked()).isFalse();
    }

    /** An instance that computes its priorities would be told the same for ever. */
    @Test
    void writesAPriorityOnceThatThePlatformComputesDifferently() {
        // Given
        var desired = linked().desiring(Status.OPEN, Priority.P2);
        var written = new Shown<>(Priority.P3, NOW, 7, new Shown.Write<>(Priority.P2, Priority.P1, NOW));
        var shown = desired.withPart(
                "servicenow",
                "incident",
                part -> part.showing(
                        new Known(part.known().status(), written, part.known().title())));

        // Then
        assertThat(names(plan(desired))).contains("servicenow/incident UPDATE");
        assertThat(names(plan(shown))).doesNotContain("servicenow/incident UPDATE");
        assertThat(names(plan(shown.desiring(Status.OPEN, Priority.P1)))).contains("servicenow/incident UPDATE");
    }

    /** Somebody's title may stand there that nobody has heard of. */
    @ParameterizedTest
    @CsvSource({"0, false, READ", "0, true, UPDATE", "60000, false, UPDATE"})
    void readsARecordBeforeItIsGivenAnotherTitle(long afterMillis, boolean mayNotBeRead, Operation expected) {
        // Given
        var called = linked().withPart(
                        "pagerduty",
                        "incident",
                        part -> part.showing(new Known(
                                part.known().status(),
                                part.known().priority(),
                                new Shown<>("Checkout latency", NOW, 7, null))));
        var denied = new Rejection(Operation.READ.verb(), 403, "not you", called.generation(), NOW);
        var renamed = called.withTitle("Shop is down").withPart("pagerduty", "incident", part -> {
            var read = part.withReread(new Reread("title", afterMillis, Set.of(), Set.of(), Set.of(), Map.of()));
            return mayNotBeRead ? read.rejected(denied) : read;
        });

        // Then
        assertThat(names(plan(renamed))).containsExactly("pagerduty/incident " + expected);
    }

    private static final Duration RECHECK = Duration.ofSeconds(20);

    private static Incident suspecting(Incident incident, String platform) {
        return incident.withPart(
                platform, "incident", part -> part.suspecting(new Recheck("later", RECHECK.toMillis())));
    }

    private static Incident showing(Incident incident, Status status) {
        var next = incident;
        for (var profile : Samples.PROFILES) {
            for (var part : profile.parts()) {
                next = next.withPart(
                        profile.name(),
                        part,
                        current -> current.showing(new Known(status, incident.priority(), NOW, -1)));
            }
        }
        return next;
    }

    /** fusion.pagerduty.acknowledge=never: the page stays with whom it was given to, which is as it should be. */
    @Test
    void aPlatformThatIsNotToBeAcknowledgedAgreesWithoutBeing() {
        // Given
        var rule = new StatusRule(false, false, Set.of(), Map.of());
        var quiet = new PlatformProfile(
                "pagerduty",
                List.of("incident"),
                true,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Set.of(),
                Map.of("incident", rule));
        var profiles = List.of(Samples.DATADOG, Samples.SERVICENOW, quiet);
        var acknowledged = linked().desiring(Status.ACKNOWLEDGED, Priority.P1);

        // When
        var plan = Plan.of(acknowledged, profiles, clock, platform -> Duration.ZERO);
        var lowered = Plan.of(
                acknowledged.desiring(Status.ACKNOWLEDGED, Priority.P3), profiles, clock, platform -> Duration.ZERO);

        // Then
        assertThat(names(plan)).isNotEmpty().noneMatch(step -> step.startsWith("pagerduty/"));
        assertThat(lowered.steps())
                .filteredOn(step -> step.platform().equals("pagerduty"))
                .singleElement()
                .satisfies(step -> assertThat(step.desired()).isEqualTo(new Desired(Status.OPEN, Priority.P3, null)));
    }

    @Test
    void doesWithoutWhatAPlatformHasNoWayToDo() {
        // Given a platform that can only open, find and read
        var simple = new PlatformProfile(
                "pagerduty",
                List.of("incident"),
                true,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Set.of(Operation.UPDATE, Operation.LINK, Operation.CLOSE),
                Map.of());
        var profiles = List.of(Samples.DATADOG, Samples.SERVICENOW, simple);
        var lagging = linked().withPart(
                        "pagerduty", "incident", part -> part.linked(Map.of()).withDuplicate("second"))
                .desiring(Status.RESOLVED, Priority.P1);

        // When
        var plan = Plan.of(lagging, profiles, clock, platform -> Duration.ZERO);

        // Then
        assertThat(names(plan)).isNotEmpty().noneMatch(step -> step.startsWith("pagerduty/"));
        assertThat(Plan.isLinked(lagging, profiles)).isTrue();
        assertThat(names(Plan.of(lagging, Samples.PROFILES, clock, platform -> Duration.ZERO)))
                .anyMatch(step -> step.startsWith("pagerduty/"));
    }
}
