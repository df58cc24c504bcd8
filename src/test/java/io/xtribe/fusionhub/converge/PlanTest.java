package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.incident.Attempt;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

class PlanTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();
    private final AttemptClock clock = new AttemptClock(nanos::get);

    @Test
    void opensEverythingAtOnceWhenNothingIsKnown() {
        // When
        var plan = plan(Samples.newborn());

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

    @Test
    void linksEveryRecordToTheOthersAndTheCaseToItsIncidentToo() {
        // When
        var plan = plan(Samples.opened());

        // Then
        assertThat(plan.steps()).hasSize(4).allMatch(step -> step.operation() == Operation.LINK);
        assertThat(links(plan, "datadog", "incident")).containsExactly("pagerduty", "servicenow");
        assertThat(links(plan, "datadog", "case")).containsExactly("datadog", "pagerduty", "servicenow");
        assertThat(links(plan, "servicenow", "incident")).containsExactly("datadog", "pagerduty");
        assertThat(links(plan, "pagerduty", "incident")).containsExactly("datadog", "servicenow");
        assertThat(plan.steps()).noneMatch(Step::afterUnknown);
    }

    @Test
    void linksWhatThereIsWhileAPlatformIsMissing() {
        // Given
        var incident =
                Samples.opened(Samples.opened(Samples.newborn(), "servicenow", "incident"), "datadog", "incident");

        // Then
        assertThat(names(plan(incident)))
                .containsExactlyInAnyOrder(
                        "datadog/incident LINK",
                        "datadog/case OPEN",
                        "servicenow/incident LINK",
                        "pagerduty/incident OPEN");
    }

    @Test
    void addsOnlyTheMissingLinkWhenThePlatformComesLate() {
        // Given
        var incident = Samples.opened()
                .withPart("servicenow", "incident", part -> part.linked(Map.of("datadog", "u")))
                .withPart("datadog", "incident", part -> part.linked(Map.of("servicenow", "u")));

        // When
        var plan = plan(incident);

        // Then
        assertThat(links(plan, "servicenow", "incident")).containsExactly("pagerduty");
        assertThat(links(plan, "datadog", "incident")).containsExactly("pagerduty");
    }

    @Test
    void isCompleteWhenAllLinksStand() {
        assertThat(plan(linked()).isComplete()).isTrue();
        assertThat(Plan.isLinked(linked(), Samples.PROFILES)).isTrue();
        assertThat(Plan.isLinked(Samples.opened(), Samples.PROFILES)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, LINK, true", "false, LINK, false"})
    void readsBeforeItWritesLinksAgain(boolean uncertain, Operation operation, boolean afterUnknown) {
        // Given
        var attempt = attempt("l1");
        clock.own(attempt);
        var incident = Samples.opened()
                .withPart("servicenow", "incident", part -> part.linking(uncertain ? attempt.asUncertain() : attempt));

        // When
        var step = step(plan(incident), "servicenow");

        // Then
        assertThat(step.operation()).isEqualTo(operation);
        assertThat(step.afterUnknown()).isEqualTo(afterUnknown);
    }

    @Test
    void leavesLinksAloneThatAnotherHubMayBeWriting() {
        // Given
        var incident = Samples.opened().withPart("servicenow", "incident", part -> part.linking(attempt("theirs")));

        // When
        var plan = plan(incident);

        // Then
        assertThat(names(plan)).noneMatch(name -> name.startsWith("servicenow"));
        assertThat(plan.blocked()).isTrue();
        assertThat(plan.retryIn()).isEqualTo(DEADLINE);
    }

    @ParameterizedTest
    @CsvSource({"open, 3", "link, 3", "update, 3"})
    void leavesARefusedOperationAloneUntilTheGenerationChanges(String operation, int others) {
        // Given
        var opened = operation.equals("open") ? Samples.newborn() : Samples.opened();
        var lagging = operation.equals("update") ? linked().desiring(Status.ACKNOWLEDGED, Priority.P1) : opened;
        var refused = lagging.withPart(
                "servicenow",
                "incident",
                part -> part.rejected(new Rejection(operation, "Data Policy Exception", lagging.generation(), NOW)));

        // Then
        assertThat(names(plan(refused))).hasSize(others).noneMatch(name -> name.startsWith("servicenow"));
        assertThat(names(plan(refused.desiring(Status.ACKNOWLEDGED, Priority.P2))))
                .anyMatch(name -> name.startsWith("servicenow"));
    }

    /** Or a second writing of links, after this one, would not read what the first has written. */
    @Test
    void keepsLinksUnderWayWhenAnUpdateOfTheSameRecordIsRefused() {
        // Given
        var incident = Samples.opened()
                .desiring(Status.ACKNOWLEDGED, Priority.P1)
                .withPart("servicenow", "incident", part -> part.linking(attempt("l1")));

        // When
        var refused = incident.withPart(
                "servicenow",
                "incident",
                part -> part.rejected(new Rejection("update", "no", incident.generation(), NOW)));

        // Then
        assertThat(refused.part("servicenow", "incident").linking()).isEqualTo(attempt("l1"));
        assertThat(names(plan(refused))).noneMatch(name -> name.startsWith("servicenow"));
    }

    @Test
    void blocksOnlyThePausedPlatform() {
        // When
        var plan = Plan.of(Samples.newborn(), Samples.PROFILES, clock, holding("servicenow"), NOW);

        // Then
        assertThat(names(plan))
                .containsExactlyInAnyOrder("datadog/incident OPEN", "datadog/case OPEN", "pagerduty/incident OPEN");
        assertThat(plan.blocked()).isTrue();
        assertThat(plan.retryIn()).isEqualTo(Plan.UNTIL_TOLD);
    }

    @Test
    void isNotHeldUpByAPausedPlatformWithNothingToDo() {
        assertThat(Plan.of(linked(), Samples.PROFILES, clock, platform -> Plan.UNTIL_TOLD, NOW)
                        .isComplete())
                .isTrue();
    }

    @Test
    void opensNothingForWhatWasResolvedBefore() {
        // Given
        var resolved = Samples.newborn().desiring(Status.RESOLVED, Priority.P1);

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
    void onlyReadsForABirthThatIsNotConfirmed() {
        // Given
        var unconfirmed = unconfirmed();

        // Then
        assertThat(names(plan(unconfirmed))).containsExactly("datadog/datadog.monitor READ");
        assertThat(names(plan(unconfirmed.confirmed()))).hasSize(4);
    }

    @Test
    void waitsWithAnOldBirthForItsPausedPlatform() {
        // When
        var plan = Plan.of(unconfirmed(), Samples.PROFILES, clock, holding("datadog"), NOW);

        // Then
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.blocked()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // shown, desired, lags
        "OPEN, ACKNOWLEDGED, true",
        "OPEN, RESOLVED, true",
        "ACKNOWLEDGED, RESOLVED, true",
        "RESOLVED, OPEN, true",
        "RESOLVED, ACKNOWLEDGED, true",
        "OPEN, OPEN, false",
        "ACKNOWLEDGED, OPEN, false",
        "RESOLVED, RESOLVED, false",
    })
    void updatesWhatLagsButTakesNoAcknowledgementBack(Status shown, Status desired, boolean lags) {
        // Given
        var incident = linked().desiring(desired, Priority.P1);
        for (var profile : Samples.PROFILES) {
            for (var part : profile.parts()) {
                incident = incident.withPart(
                        profile.name(), part, current -> current.showing(new Known(shown, Priority.P1, NOW, -1)));
            }
        }

        // Then
        assertThat(plan(incident).steps()).hasSize(lags ? 4 : 0).allMatch(step -> step.operation() == Operation.UPDATE);
    }

    @Test
    void updatesAPriorityThatLags() {
        assertThat(plan(linked().desiring(Status.OPEN, Priority.P3)).steps())
                .hasSize(4)
                .allMatch(step -> step.operation() == Operation.UPDATE);
    }

    @Test
    void closesEveryDuplicate() {
        // Given
        var incident = linked().withPart("servicenow", "incident", part -> part.withDuplicate("d1")
                .withDuplicate("d2"));

        // When
        var plan = plan(incident);

        // Then
        assertThat(plan.steps()).allMatch(step -> step.operation() == Operation.CLOSE);
        assertThat(plan.steps().stream().map(Step::duplicate)).containsExactlyInAnyOrder("d1", "d2");
    }

    @Test
    void neverTakesTheKeptRecordForItsOwnDuplicate() {
        // Given
        var kept = Samples.reference("servicenow", "incident").id();

        // Then
        assertThat(linked().withPart("servicenow", "incident", part -> part.withDuplicate(kept)))
                .isEqualTo(linked());
    }

    @Test
    void looksOnceMoreForASecondRecordWhenItsTimeHasCome() {
        // Given
        var suspect = linked().withPart("servicenow", "incident", part -> part.suspecting(NOW.plusSeconds(20)));

        // When
        var before = plan(suspect);
        var after = Plan.of(suspect, Samples.PROFILES, clock, platform -> Duration.ZERO, NOW.plusSeconds(20));

        // Then
        assertThat(before.steps()).isEmpty();
        assertThat(before.blocked()).isTrue();
        assertThat(before.retryIn()).isEqualTo(Duration.ofSeconds(20));
        assertThat(names(after)).containsExactly("servicenow/incident FIND");
        assertThat(plan(linked().withPart("servicenow", "incident", part -> part.suspecting(NOW)
                                .rechecked()))
                        .isComplete())
                .isTrue();
    }

    private Plan plan(Incident incident) {
        return Plan.of(incident, Samples.PROFILES, clock, platform -> Duration.ZERO, NOW);
    }

    private void after(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Attempt attempt(String token) {
        return new Attempt(token, Map.of(), DEADLINE.toMillis(), "hub", NOW, false);
    }

    private static Incident attempting(String platform, Attempt attempt) {
        return Samples.newborn().withPart(platform, "incident", part -> part.attempting(attempt));
    }

    private static Incident unconfirmed() {
        var newborn = Samples.newborn();
        return new Incident(
                newborn.id(),
                1,
                0,
                newborn.origin(),
                newborn.title(),
                "",
                Priority.P1,
                Status.OPEN,
                newborn.hints(),
                newborn.bornAt(),
                newborn.receivedAt(),
                true,
                Map.of(),
                null,
                null,
                null);
    }

    private static Incident linked() {
        var incident = Samples.opened();
        for (var profile : Samples.PROFILES) {
            for (var part : profile.parts()) {
                incident = incident.withPart(
                        profile.name(),
                        part,
                        current -> current.linked(Map.of("datadog", "u", "servicenow", "u", "pagerduty", "u")));
            }
        }
        return incident;
    }

    private static List<String> names(Plan plan) {
        return plan.steps().stream()
                .map(step -> step.platform() + "/" + step.part() + " " + step.operation())
                .collect(Collectors.toList());
    }

    private static Set<String> links(Plan plan, String platform, String part) {
        return plan.steps().stream()
                .filter(step -> step.platform().equals(platform) && step.part().equals(part))
                .findFirst()
                .map(step -> new TreeSet<>(step.links().keySet()))
                .orElseThrow();
    }

    private static Step step(Plan plan, String platform) {
        return plan.steps().stream()
                .filter(step -> step.platform().equals(platform))
                .findFirst()
                .orElseThrow();
    }

    private static Function<String, Duration> holding(String held) {
        return platform -> platform.equals(held) ? Plan.UNTIL_TOLD : Duration.ZERO;
    }
}
