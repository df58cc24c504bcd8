package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.incident.Attempt;
import io.xtribe.fusionhub.incident.Desired;
import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What begins, and what a platform's answer to an update, a link, a close or a read makes of the record; of several
 * steps together, {@link ConvergenceModelTest}.
 */
class StepsTest extends StepsFixture {

    @Test
    void beginsACreateOnceAndWhileThereIsTimeForItsCall() {
        // Given
        var step = step(attempts.forTrigger(Samples.newIncident()), "pagerduty", Operation.OPEN);

        // When
        var run = steps.begin(step);

        // Then
        assertThat(run.orElseThrow().left()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
        assertThat(steps.begin(step)).isEmpty();
    }

    @Test
    void theTimelineHasTheCallsOfAStepWithTheFirstOfWhatCameOfIt() {
        // Given
        var step = step(attempts.forTrigger(Samples.newIncident()), "pagerduty", Operation.OPEN);
        var run = steps.begin(step).orElseThrow();
        var call = new Timeline.Call("POST /incidents", "ok", 31, "r-1");
        run.called(call);

        // When
        steps.succeeded(run.made(), answer("P1", "open", LATER));

        // Then
        var entry = timeline.read(KEY).get(0);
        assertThat(entry.rule()).isEqualTo(Rule.CONVERGE.word());
        assertThat(entry.calls()).containsExactly(call);
        assertThat(timeline.read(KEY)).filteredOn(one -> !one.calls().isEmpty()).hasSize(1);
    }

    @Test
    void beginsAWritingOfLinksOnce() {
        // Given
        var planned = Samples.opened();
        var link = Step.link(planned, "pagerduty", "incident", Map.of(), false);
        var step = link.on(attempts.forSteps(planned, List.of(link)));

        // Then
        assertThat(steps.begin(step)).isPresent();
        assertThat(steps.begin(step)).isEmpty();
    }

    /** The catalogue may have changed since the attempt was stored; a second create elsewhere would be a second page. */
    @Test
    void aimsAtWhatItsAttemptWasMadeFor() {
        // Given
        var made = new Attempt("t", Map.of("service", "PSVC1"), 30_000, "hub", LATER, false);
        clock.own(made);
        var incident = Samples.newIncident().withPart("pagerduty", "incident", part -> part.attempting(made));

        // When
        var run = steps.begin(Step.of(incident, "pagerduty", "incident", Operation.OPEN));

        // Then
        assertThat(run.orElseThrow().view().path("target").path("service").asText())
                .isEqualTo("PSVC1");
    }

    @Test
    void beginsWhatNeedsNoAttemptAnyTime() {
        // Given
        var step = step(Samples.opened(), "pagerduty", Operation.UPDATE);

        // Then
        assertThat(steps.begin(step).orElseThrow().left()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(steps.begin(step)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"-60, 0", "0, 0", "60, 60"})
    void knowsWhatItUpdatedAsOfTheLaterOfBothTimes(int answered, int known) {
        // Given
        var sent = Samples.opened().desiring(Status.ACKNOWLEDGED, Priority.P2);

        // When
        steps.succeeded(
                step(sent, "servicenow", Operation.UPDATE),
                answer("s1", "active", Samples.STARTED.plusSeconds(answered)).put("priority", "P2"));

        // Then
        var shown = part("servicenow").known();
        assertThat(shown.status().value()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(shown.priority().value()).isEqualTo(Priority.P2);
        assertThat(shown.priority().at()).isEqualTo(Samples.STARTED.plusSeconds(known));
        assertThat(shown.priority().version()).isEqualTo(3);
        assertThat(story()).containsExactly("brought servicenow incident to ACKNOWLEDGED P2");
    }

    @Test
    void takesForLinkedWhatIsShownAndWasAskedFor() {
        // Given
        var incident = Samples.opened();
        store.create(incident);
        var links = Map.of(
                "datadog", Samples.reference("datadog", "incident"),
                "pagerduty", Samples.reference("pagerduty", "incident"));

        // When
        steps.succeeded(
                Step.link(incident, "servicenow", "incident", links, false),
                JsonNodeFactory.instance
                        .objectNode()
                        .set(
                                "shown",
                                JsonNodeFactory.instance
                                        .arrayNode()
                                        .add("datadog")
                                        .add("jira")));

        // Then
        assertThat(part("servicenow").links()).isEqualTo(Map.of("datadog", "https://datadog.example/incident/1"));
        assertThat(story()).containsExactly("servicenow incident shows datadog");
    }

    @Test
    void isLinkedWithTheLastLinkOfAll() {
        // Given
        var incident = Samples.opened();
        for (var profile : List.of("datadog", "servicenow")) {
            incident = incident.withPart(
                    profile,
                    "incident",
                    part -> part.linked(Map.of("datadog", "u", "servicenow", "u", "pagerduty", "u")));
        }
        var links = Map.of(
                "datadog", Samples.reference("datadog", "incident"),
                "servicenow", Samples.reference("servicenow", "incident"));
        store.create(incident);
        var step = Step.link(incident, "pagerduty", "incident", links, false);

        // When
        steps.succeeded(step, shown("datadog"));
        var before = store.get(KEY).linkedAt();
        steps.succeeded(step, shown("servicenow"));

        // Then
        assertThat(before).isNull();
        assertThat(store.get(KEY).linkedAt()).isNotNull();
        assertThat(meters.get("fusion.time.to.linked").timer().count()).isOne();
        steps.succeeded(step, shown("servicenow"));
        assertThat(meters.get("fusion.time.to.linked").timer().count()).isOne();
    }

    /** What was written and is not recorded could be read back only when its attempt is over. */
    @Test
    void keepsTheAnswerToAnUpdateWhileNatsChoosesALeader() {
        // Given
        var lagging = Samples.opened().desiring(Status.RESOLVED, Priority.P1);
        var update = Step.update(lagging, "pagerduty", "incident", new Desired(Status.RESOLVED, Priority.P1, null));
        var begun = attempts.forSteps(lagging, List.of(update));
        store.create(begun);
        store.failNext(2);

        // When
        steps.succeeded(update.on(begun), answer("p1", "resolved", LATER));

        // Then
        assertThat(part("pagerduty").known().status().value()).isEqualTo(Status.RESOLVED);
        assertThat(part("pagerduty").updating()).isNull();
    }

    @Test
    void isDoneWithASecondRecordThatItClosed() {
        // Given
        var incident = Samples.opened().withPart("servicenow", "incident", part -> part.withDuplicate("late"));
        store.create(incident);

        // When
        steps.succeeded(Step.close(incident, "servicenow", "incident", "late"), JsonNodeFactory.instance.objectNode());

        // Then
        assertThat(part("servicenow").duplicates()).isEmpty();
        assertThat(meters.get("fusion.duplicates")
                        .tag("platform", "servicenow")
                        .counter()
                        .count())
                .isOne();
        assertThat(story()).containsExactly("closed the second record servicenow incident late");
    }

    @ParameterizedTest
    @CsvSource({"active, P1, true", "open, P2, true", "active, P3, false", "active, '', false", "resolved, P1, false"})
    void opensAnOldTriggerOnlyWhereItStillStands(String status, String priority, boolean stands) {
        // Given
        var old = Samples.unconfirmed();
        store.create(old);

        // When
        steps.succeeded(
                Step.readOrigin(old),
                answer(old.origin().subject(), status, LATER).put("priority", priority));

        // Then
        assertThat(store.get(KEY).unconfirmed()).isEqualTo(!stands);
        assertThat(store.get(KEY).isSettled()).isEqualTo(!stands);
        if (!stands) {
            assertThat(store.get(KEY).status()).isEqualTo(status.equals("resolved") ? Status.RESOLVED : Status.OPEN);
            assertThat(store.get(KEY).priority())
                    .isEqualTo(Priority.parse(priority).orElse(Priority.P5));
        }
        assertThat(story().get(0)).contains(stands ? "still stands" : "does not stand any more");
    }

    /** Or the alert's next word, that it is over or raised, would be taken for what is known already. */
    @Test
    void knowsOfAnOldTriggerThatDoesNotStandWhatItsPlatformShows() {
        // Given
        var old = Samples.unconfirmed()
                .withPart("datadog", "alert", part -> part.showing(Samples.showing(Samples.newIncident())))
                .withPart("datadog", "incident", part -> part.opened(Samples.reference("datadog", "incident"), null));
        store.create(old);

        // When
        steps.succeeded(
                Step.readOrigin(old),
                answer(old.origin().subject(), "resolved", LATER).put("priority", ""));

        // Then
        var after = store.get(KEY);
        assertThat(after.status()).isEqualTo(Status.RESOLVED);
        assertThat(after.priority()).isEqualTo(Priority.P5);
        assertThat(after.generation()).isEqualTo(2);
        assertThat(after.part("datadog", "alert").known()).isEqualTo(new Known(Status.RESOLVED, Priority.P5, LATER, 3));
        assertThat(after.part("datadog", "incident").known()).isNull();
    }

    private static JsonNode shown(String place) {
        return JsonNodeFactory.instance
                .objectNode()
                .set("shown", JsonNodeFactory.instance.arrayNode().add(place));
    }
}
