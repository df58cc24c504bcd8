package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.incident.Attempt;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.testing.InMemoryIncidentStore;
import io.xtribe.fusionhub.testing.InMemoryReferenceStore;
import io.xtribe.fusionhub.testing.RecordingTimeline;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** What a platform's answer makes of the record; what of several steps together, {@link ConvergenceModelTest}. */
class StepsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = Samples.ID;
    private static final Instant LATER = Samples.BORN.plusSeconds(60);

    private final InMemoryIncidentStore store = new InMemoryIncidentStore();
    private final InMemoryReferenceStore references = new InMemoryReferenceStore();
    private final RecordingTimeline timeline = new RecordingTimeline();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Platforms platforms = new Platforms(Samples.PROFILES, List.of());
    private final AttemptClock clock = new AttemptClock();
    private final AttemptMaker attempts = new AttemptMaker(platforms, clock, "hub", Duration.ofSeconds(30));
    private final Steps steps = new Steps(
            store,
            references,
            timeline,
            platforms,
            clock,
            attempts,
            new ConvergeMetrics(meters),
            "pagerduty",
            Set.of(Priority.P1, Priority.P2),
            Duration.ofMinutes(5));

    @Test
    void beginsACreateOnceAndWhileThereIsTimeForItsCall() {
        // Given
        var step = step(attempts.forBirth(Samples.newborn()), "pagerduty", Operation.OPEN);

        // When
        var run = steps.begin(step);

        // Then
        assertThat(run.orElseThrow().left()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
        assertThat(steps.begin(step)).isEmpty();
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
        var incident = Samples.newborn().withPart("pagerduty", "incident", part -> part.attempting(made));

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

    @Test
    void opensWithTheMilestoneOfThePageOnly() {
        // Given
        var born = attempts.forBirth(Samples.newborn());

        // When
        steps.succeeded(step(born, "servicenow", Operation.OPEN), answer("s1", "open", LATER));
        var before = store.get(KEY);
        steps.succeeded(step(born, "pagerduty", Operation.OPEN), answer("p1", "open", LATER));

        // Then
        assertThat(before.pagedAt()).isNull();
        assertThat(before.part("servicenow", "incident").reference().ours()).isTrue();
        assertThat(references.find("servicenow", "incident", "s1")).contains(KEY);
        assertThat(store.get(KEY).pagedAt()).isNotNull();
        assertThat(store.get(KEY).linkedAt()).isNull();
        assertThat(meters.get("fusion.time.to.paged").timer().count()).isOne();
        assertThat(meters.get("fusion.time.to.linked").timer().count()).isZero();
        assertThat(counted("pagerduty", "open")).isOne();
        assertThat(story()).contains("opened pagerduty incident #p1 https://x.example/p1");
    }

    /** Another incident's record came back: ServiceNow answers a query that it does not understand with everything. */
    @Test
    void adoptsNoRecordOfAnotherIncident() {
        // Given
        references.claim("pagerduty", "incident", "p1", "fx-another");
        var step = step(attempts.forBirth(Samples.newborn()), "pagerduty", Operation.OPEN);

        // When
        steps.succeeded(step, answer("p1", "open", LATER));

        // Then
        assertThat(store.get(KEY).part("pagerduty", "incident").isOpened()).isFalse();
        assertThat(story()).containsExactly("pagerduty incident p1 belongs to fx-another already, not adopted");
    }

    @Test
    void closesTheSecondRecordWhenItsCreateIsAnsweredLate() {
        // Given
        var step = step(Samples.opened(), "servicenow", Operation.OPEN);

        // When
        steps.succeeded(step, answer("s-late", "resolved", LATER));

        // Then
        var part = part("servicenow");
        assertThat(part.duplicates()).containsExactly("s-late");
        assertThat(part.reference()).isEqualTo(Samples.reference("servicenow", "incident"));
        assertThat(store.get(KEY).status()).isEqualTo(Status.OPEN);
    }

    /** The webhook was faster than the answer: what the answer shows is no news, and nobody's wish. */
    @Test
    void takesNothingOverFromTheAnswerOfARecordThatIsKnown() {
        // Given
        var known = Samples.reference("servicenow", "incident").id();
        var step = step(Samples.opened(), "servicenow", Operation.OPEN);

        // When
        steps.succeeded(step, answer(known, "resolved", LATER));

        // Then
        assertThat(part("servicenow").duplicates()).isEmpty();
        assertThat(store.get(KEY).status()).isEqualTo(Status.OPEN);
    }

    @Test
    void keepsTheNewestLiveRecordOfThoseFoundAndClosesTheOthers() {
        // Given
        var step = find(uncertain("servicenow"), "servicenow", false);

        // When
        var next = steps.succeeded(
                step,
                array(
                        found("resolved", "resolved", LATER.plusSeconds(9), KEY),
                        found("older", "open", Samples.BORN, KEY),
                        found("newer", "open", LATER, KEY),
                        found("foreign", "open", LATER.plusSeconds(9), "somebody else's"),
                        found("next", "open", LATER.plusSeconds(9), KEY + ".2")));

        // Then
        assertThat(next).isEmpty();
        assertThat(part("servicenow").reference().id()).isEqualTo("newer");
        assertThat(part("servicenow").duplicates()).containsExactlyInAnyOrder("older", "resolved");
        assertThat(story())
                .contains(
                        "found again servicenow incident #newer https://x.example/newer",
                        "a second record of ours: servicenow incident #older https://x.example/older");
    }

    @Test
    void createsAgainOnceNothingCanTurnUpAnyMore() {
        // Given
        var incident = uncertain("servicenow");
        var early = find(incident, "servicenow", false);
        var conclusive = find(incident, "servicenow", true);

        // Then
        assertThat(steps.succeeded(early, array())).isEmpty();
        assertThat(part("servicenow").attempt()).isEqualTo(early.state().attempt());
        assertThat(story())
                .containsExactly("an earlier create of servicenow incident left nothing so far, looking again later");

        var next = steps.succeeded(conclusive, array()).orElseThrow();
        assertThat(next.operation()).isEqualTo(Operation.OPEN);
        assertThat(next.state().attempt()).isEqualTo(part("servicenow").attempt());
        assertThat(part("servicenow").attempt().token())
                .isNotEqualTo(early.state().attempt().token());
        assertThat(part("servicenow").suspect()).isTrue();
        assertThat(part("servicenow").recheckAt())
                .isBetween(Instant.now().plusSeconds(240), Instant.now().plusSeconds(300));
        assertThat(story()).endsWith("an earlier create of servicenow incident left nothing, creating again");
    }

    @Test
    void suspectsNoSecondRecordWhereThePlatformKnowsOurKeyOnlyOnce() {
        // When
        steps.succeeded(find(uncertain("pagerduty"), "pagerduty", true), array());

        // Then
        assertThat(part("pagerduty").attempt()).isNotNull();
        assertThat(part("pagerduty").suspect()).isFalse();
    }

    /** Two hubs may have looked; the second one's find was for an attempt that is no more. */
    @Test
    void makesNoSecondAttemptForAFindThatWasOvertaken() {
        // Given
        var find = find(uncertain("servicenow"), "servicenow", true);
        var others = steps.succeeded(find, array()).orElseThrow().state().attempt();

        // When
        steps.succeeded(find, array());

        // Then
        assertThat(part("servicenow").attempt()).isEqualTo(others);
    }

    @Test
    void createsNothingAgainWhereItsWebhookCameMeanwhile() {
        // Given
        var find = find(uncertain("servicenow"), "servicenow", true);
        store.change(KEY, incident -> Samples.opened(incident, "servicenow", "incident"));

        // Then
        assertThat(steps.succeeded(find, array())).isEmpty();
        assertThat(part("servicenow").attempt()).isNull();
        assertThat(story())
                .containsExactly("an earlier create of servicenow incident left nothing, and none is needed any more");
    }

    @Test
    void createsNothingAgainForWhatIsOver() {
        // Given
        var find = find(uncertain("servicenow"), "servicenow", true);
        store.change(KEY, incident -> incident.desiring(Status.RESOLVED, Priority.P1));

        // Then
        assertThat(steps.succeeded(find, array())).isEmpty();
        assertThat(part("servicenow").attempt()).isNull();
    }

    @Test
    void closesOnlyLiveRecordsOfOursBesideTheKeptOneAtTheRecheck() {
        // Given
        var kept = Samples.reference("servicenow", "incident").id();
        var suspect = Samples.opened().withPart("servicenow", "incident", part -> part.suspecting(Samples.BORN));

        // When
        steps.succeeded(
                find(suspect, "servicenow", true),
                array(
                        found(kept, "open", LATER, KEY),
                        found("late", "open", LATER, KEY),
                        found("closed", "resolved", LATER, KEY),
                        found("foreign", "open", LATER, "")));

        // Then
        assertThat(part("servicenow").duplicates()).containsExactly("late");
        assertThat(part("servicenow").recheckAt()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"-60, 0", "0, 0", "60, 60"})
    void knowsWhatItUpdatedAsOfTheLaterOfBothTimes(int answered, int known) {
        // Given
        var sent = Samples.opened().desiring(Status.ACKNOWLEDGED, Priority.P2);

        // When
        steps.succeeded(
                step(sent, "servicenow", Operation.UPDATE), answer("s1", "active", Samples.BORN.plusSeconds(answered)));

        // Then
        assertThat(part("servicenow").known())
                .isEqualTo(new Known(Status.ACKNOWLEDGED, Priority.P2, Samples.BORN.plusSeconds(known), 3));
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
                JSON.createObjectNode()
                        .set("shown", JSON.createArrayNode().add("datadog").add("jira")));

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

    @Test
    void isDoneWithASecondRecordThatItClosed() {
        // Given
        var incident = Samples.opened().withPart("servicenow", "incident", part -> part.withDuplicate("late"));
        store.create(incident);

        // When
        steps.succeeded(Step.close(incident, "servicenow", "incident", "late"), JSON.createObjectNode());

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
    void opensAnOldBirthOnlyWhereItStillStands(String status, String priority, boolean stands) {
        // Given
        var old = unconfirmed();
        store.create(old);

        // When
        steps.succeeded(
                Step.of(old, "datadog", "datadog.monitor", Operation.READ),
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
    void knowsOfAnOldBirthThatDoesNotStandWhatItsPlatformShows() {
        // Given
        var old = unconfirmed()
                .withPart("datadog", "alert", part -> part.showing(Samples.showing(Samples.newborn())))
                .withPart("datadog", "incident", part -> part.opened(Samples.reference("datadog", "incident"), null));
        store.create(old);

        // When
        steps.succeeded(
                Step.of(old, "datadog", "datadog.monitor", Operation.READ),
                answer(old.origin().subject(), "resolved", LATER).put("priority", ""));

        // Then
        var after = store.get(KEY);
        assertThat(after.status()).isEqualTo(Status.RESOLVED);
        assertThat(after.priority()).isEqualTo(Priority.P5);
        assertThat(after.generation()).isEqualTo(2);
        assertThat(after.part("datadog", "alert").known()).isEqualTo(new Known(Status.RESOLVED, Priority.P5, LATER, 3));
        assertThat(after.part("datadog", "incident").known()).isNull();
    }

    private Step step(Incident incident, String platform, Operation operation) {
        store.create(incident);
        return Step.of(incident, platform, "incident", operation);
    }

    private Step find(Incident incident, String platform, boolean conclusive) {
        store.create(incident);
        return Step.find(incident, platform, "incident", conclusive);
    }

    private Incident uncertain(String platform) {
        return attempts.forBirth(Samples.newborn())
                .withPart(
                        platform,
                        "incident",
                        part -> part.attempting(part.attempt().asUncertain()));
    }

    private static Incident unconfirmed() {
        var newborn = Samples.newborn();
        return new Incident(
                KEY,
                1,
                0,
                newborn.origin(),
                newborn.title(),
                "",
                Priority.P1,
                Status.OPEN,
                null,
                newborn.bornAt(),
                newborn.receivedAt(),
                true,
                Map.of(),
                null,
                null,
                null);
    }

    private static ObjectNode answer(String id, String status, Instant time) {
        return found(id, status, time, KEY);
    }

    private static ObjectNode found(String id, String status, Instant time, String key) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("number", "#" + id)
                .put("url", "https://x.example/" + id)
                .put("key", key)
                .put("status", status)
                .put("priority", "P1")
                .put("time", time.toString())
                .put("version", 3);
    }

    private static JsonNode shown(String place) {
        return JSON.createObjectNode().set("shown", JSON.createArrayNode().add(place));
    }

    private static JsonNode array(ObjectNode... answers) {
        return JSON.createArrayNode().addAll(List.of(answers));
    }

    private Part part(String platform) {
        return store.get(KEY).part(platform, "incident");
    }

    private List<String> story() {
        return timeline.texts(KEY);
    }

    private double counted(String platform, String operation) {
        return meters.get("fusion.steps")
                .tags("platform", platform, "operation", operation, "outcome", "ok")
                .counter()
                .count();
    }
}
