package io.xtribe.fusionhub.converge;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** What is to be done with the records that there are: links, changes, second records. */
class PlanLinksTest extends PlanFixture {

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
                Samples.opened(Samples.opened(Samples.newIncident(), "servicenow", "incident"), "datadog", "incident");

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
                .withPart("servicenow", "incident", part -> part.linked(Map.of("datadog", URLS.get("datadog"))))
                .withPart("datadog", "incident", part -> part.linked(Map.of("servicenow", URLS.get("servicenow"))));

        // When
        var plan = plan(incident);

        // Then
        assertThat(links(plan, "servicenow", "incident")).containsExactly("pagerduty");
        assertThat(links(plan, "datadog", "incident")).containsExactly("pagerduty");
    }

    /** A record was attached in place of another one. */
    @Test
    void showsAnotherRecordWhereThePlaceShowsTheOneBefore() {
        // Given
        var incident =
                linked().withPart("servicenow", "incident", part -> part.linked(Map.of("datadog", "https://old")));

        // When
        var plan = plan(incident);

        // Then
        assertThat(names(plan)).containsExactly("servicenow/incident LINK");
        assertThat(links(plan, "servicenow", "incident")).containsExactly("datadog");
    }

    @Test
    void opensNothingInPlaceOfWhatWasDetached() {
        // Given
        var detached = linked().detached("servicenow", "incident").incident();

        // Then
        assertThat(plan(detached).isComplete()).isTrue();
        assertThat(names(plan(detached.opening("servicenow", "incident").incident())))
                .containsExactly("servicenow/incident OPEN");
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
                part -> part.rejected(new Rejection("update", 400, "no", incident.generation(), NOW)));

        // Then
        assertThat(refused.part("servicenow", "incident").linking()).isEqualTo(attempt("l1"));
        assertThat(names(plan(refused))).noneMatch(name -> name.startsWith("servicenow"));
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
}
