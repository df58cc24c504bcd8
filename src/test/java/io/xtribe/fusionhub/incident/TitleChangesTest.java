package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Outcome.Already;
import io.xtribe.fusionhub.incident.Outcome.Refused;
import io.xtribe.fusionhub.incident.Outcome.Unknown;
import io.xtribe.fusionhub.incident.Outcome.Updated;
import io.xtribe.fusionhub.signal.SignalEnd;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** A title that somebody changes on one platform is the incident's, and what the hub writes comes back as nobody's change. */
class TitleChangesTest {

    private static final String OTHER = "Checkout is down in Europe";
    private static final Incident INCIDENT = titledEverywhere();

    @Test
    void whatSomebodyCallsItIsTheTitleWithoutThePriorityBeforeIt() {
        // When
        var change = hear(INCIDENT, "pagerduty", "[P1] " + OTHER, 9);

        // Then
        assertThat(change.incident().title()).isEqualTo(OTHER);
        assertThat(change.incident().isSettled()).isFalse();
        assertThat(change.notes()).containsExactly("pagerduty changed the title to '" + OTHER + "'");
        assertThat(isDue(change.incident(), "servicenow")).isTrue();
        assertThat(isDue(change.incident(), "pagerduty")).isFalse();
    }

    @Test
    void anotherPriorityBeforeItIsNoOtherTitle() {
        // When
        var after = hear(INCIDENT, "pagerduty", "[P3] " + INCIDENT.title(), 9).incident();

        // Then
        assertThat(after.title()).isEqualTo(INCIDENT.title());
        assertThat(after.generation()).isEqualTo(INCIDENT.generation());
        assertThat(isDue(after, "pagerduty")).isFalse();
    }

    /** Of a record stored before titles were followed nothing is known; and one that was met may be called as its owner likes. */
    @Test
    void theFirstTitleThatIsHeardOfARecordIsNobodysChange() {
        // When
        var after = hear(Samples.opened(), "servicenow", "Client cannot pay", 9).incident();

        // Then
        assertThat(after.title()).isEqualTo(INCIDENT.title());
        assertThat(isDue(after, "servicenow")).isFalse();
        assertThat(hear(after, "servicenow", OTHER, 12).incident().title()).isEqualTo(OTHER);
    }

    @Test
    void whatSaysNothingOfTheTitleChangesNothing() {
        assertThat(hear(INCIDENT, "pagerduty", "", 9).incident().title()).isEqualTo(INCIDENT.title());
        assertThat(hear(INCIDENT, "pagerduty", "[P2]", 9).incident().title()).isEqualTo(INCIDENT.title());
    }

    @Test
    void theAnswerToAWriteOfTheTitleIsNobodysChangeHoweverThePlatformCutsIt() {
        // Given
        var titled = hear(INCIDENT, "pagerduty", OTHER, 9).incident();
        var write = titleOf(titled, "servicenow");

        // When
        var after = titled.outcome(write, new Updated(says("servicenow", "[P1] Checkout is", 12), Samples.HEARING))
                .incident();

        // Then
        assertThat(after.title()).isEqualTo(OTHER);
        assertThat(after.generation()).isEqualTo(titled.generation());
        assertThat(isDue(after, "servicenow")).isFalse();
        assertThat(hear(after, "servicenow", "[P1] Checkout is", 13).incident().title())
                .isEqualTo(OTHER);
    }

    @Test
    void whatSomebodyElseCallsItIsSeenInTheAnswerToAWriteOfTheStatus() {
        // Given
        var resolved = INCIDENT.desiring(Status.RESOLVED, Priority.P1);
        var write = Step.of(resolved, "servicenow", "incident", Operation.UPDATE);

        // When
        var after = resolved.outcome(write, new Updated(says("servicenow", OTHER, 12), Samples.HEARING))
                .incident();

        // Then
        assertThat(after.title()).isEqualTo(OTHER);
    }

    /** Somebody who deletes the end of a long title has changed it, though another platform may have cut it there. */
    @Test
    void aTitleThatIsShortenedIsAnother() {
        // Given
        var title = "Checkout is down. ".repeat(12).strip();
        var titled = hear(INCIDENT, "pagerduty", title, 9).incident();

        // When
        var after =
                hear(titled, "pagerduty", title.substring(0, 150).strip(), 60).incident();

        // Then
        assertThat(after.title()).isEqualTo(title.substring(0, 150).strip());
    }

    @Test
    void whatWasRefusedBesideTheTitleStaysRefusedInThePlatformsWords() {
        // Given
        var resolved = INCIDENT.desiring(Status.RESOLVED, Priority.P1);
        var refusal = new Refused(403, "Data Policy Exception", Instant.now(), null);
        var refused = resolved.outcome(Step.of(resolved, "servicenow", "incident", Operation.UPDATE), refusal)
                .incident();
        var write = Step.update(refused, "servicenow", "incident", new Desired(Status.RESOLVED, Priority.P1, OTHER));

        // When
        var change =
                refused.outcome(write, new Updated(says("servicenow", "open", "[P1] " + OTHER, 12), Samples.HEARING));

        // Then
        assertThat(change.incident()
                        .part("servicenow", "incident")
                        .rejections()
                        .get("update")
                        .words())
                .isEqualTo("Data Policy Exception");
        assertThat(change.incident().status()).isEqualTo(Status.RESOLVED);
        assertThat(change.notes()).singleElement().asString().contains("was given the title");
    }

    @Test
    void aTitleThatIsRefusedHoldsNothingElseBack() {
        // Given
        var titled = hear(INCIDENT, "pagerduty", OTHER, 9).incident();
        var write = titleOf(titled, "servicenow");

        // When
        var change = titled.outcome(write, new Refused(403, "blocked", Instant.now(), null));

        // Then
        assertThat(change.incident().part("servicenow", "incident").rejections())
                .containsOnlyKeys("title");
        assertThat(change.notes()).containsExactly("title of servicenow incident was refused: blocked");
    }

    @Test
    void aPlatformThatSaysThatNothingHadToBeDoneIsNotGivenItAgain() {
        // Given
        var titled = hear(INCIDENT, "servicenow", OTHER, 9).incident();

        // When
        var after = titled.outcome(titleOf(titled, "pagerduty"), new Already("already resolved"))
                .incident();

        // Then
        assertThat(isDue(after, "pagerduty")).isFalse();
        assertThat(hear(after, "pagerduty", "[P1] " + INCIDENT.title(), 12)
                        .incident()
                        .title())
                .isEqualTo(OTHER);
    }

    /** The webhook of a write that gave no answer comes before anybody knows that it was done. */
    @Test
    void aWriteOfUnknownOutcomeThatComesBackIsNobodysChange() {
        // Given
        var titled = hear(INCIDENT, "pagerduty", OTHER, 9).incident();
        var attempt = new Attempt("t1", Map.of(Contest.TITLE, OTHER), 1_000, "hub", at(8), false);
        var writing = titled.withPart("servicenow", "incident", part -> part.updating(attempt));
        var unknown = writing.outcome(titleOf(writing, "servicenow"), new Unknown("no answer", 1_000, Samples.STARTED))
                .incident();
        var changedAgain = hear(unknown, "pagerduty", "Payment is down", 20).incident();

        // When
        var after = hear(changedAgain, "servicenow", "[P1] " + OTHER, 12).incident();

        // Then
        assertThat(after.title()).isEqualTo("Payment is down");
        assertThat(isDue(after, "servicenow")).isTrue();
    }

    @Test
    void ofTwoTitlesAtTheSameTimeThePlatformThatComesFirstHolds() {
        // Given
        var titled = hear(INCIDENT, "servicenow", OTHER, 9).incident();

        // When
        var change = hear(titled, "pagerduty", "Shop {eu} is down", 11);

        // Then
        assertThat(change.incident().title()).isEqualTo(OTHER);
        assertThat(change.notes())
                .containsExactly("pagerduty set the title to 'Shop (eu) is down' and servicenow to '" + OTHER
                        + "' within 5 s: '" + OTHER + "' holds, servicenow comes first in fusion.platforms");
        assertThat(isDue(change.incident(), "pagerduty")).isTrue();
    }

    /** No webhook of PagerDuty tells of a title: what stands there is read before it is written over. */
    @Test
    void aTitleThatNobodyHasHeardOfIsToldOfBeforeItIsWrittenOver() {
        // Given
        var titled = hear(INCIDENT, "servicenow", OTHER, 9).incident();
        assertThat(titled.part("pagerduty", "incident").reread().isDueAtOnce()).isTrue();
        assertThat(titled.part("servicenow", "incident").reread()).isNull();

        // When
        var read = Step.of(titled, "pagerduty", "incident", Operation.READ);
        var change = titled.outcome(
                read, new Outcome.ReadAgain(says("pagerduty", "Shop is down", 8), Samples.hearing(at(10))));

        // Then
        assertThat(change.incident().title()).isEqualTo(OTHER);
        assertThat(change.incident().part("pagerduty", "incident").reread()).isNull();
        assertThat(isDue(change.incident(), "pagerduty")).isTrue();
        assertThat(change.incident().comments()).singleElement().satisfies(comment -> assertThat(comment.said())
                .startsWith("{pagerduty} set the title to 'Shop is down' and {servicenow} to '" + OTHER));
    }

    @Test
    void aTitleThatGoesBackAndForthIsFrozen() {
        // Given
        var incident = INCIDENT;

        // When
        for (int at = 10; at < 20 * 5; at += 10) {
            incident = hear(incident, "pagerduty", at % 20 == 0 ? INCIDENT.title() : OTHER, at)
                    .incident();
        }

        // Then
        assertThat(incident.isTitleFrozen()).isTrue();
        assertThat(incident.isStatusFrozen()).isFalse();
        assertThat(incident.unfrozen().isTitleFrozen()).isFalse();
    }

    @Test
    void aTitleThatIsToBeShownNowhereElseStaysWhereItIs() {
        // Given
        var rules = Samples.conflicts();
        var own = new ChangeRules(
                rules.order(),
                Duration.ZERO,
                rules.mostReturns(),
                rules.returnWindow(),
                Set.of(),
                Set.of(),
                Set.of("servicenow"));

        // When
        var after = INCIDENT.observe(says("servicenow", "Card 4711 of J. Doe fails", 9), new Hearing(at(9), own))
                .incident();

        // Then
        assertThat(after.title()).isEqualTo(INCIDENT.title());
        assertThat(isDue(after, "servicenow")).isFalse();
    }

    @Test
    void isKeptInTheStoredForm() {
        // Given
        var changed = hear(INCIDENT, "pagerduty", OTHER, 9).incident();

        // Then
        assertThat(IncidentJson.read(IncidentJson.write(changed), Incident.class))
                .isEqualTo(changed);
    }

    private static Incident titledEverywhere() {
        var incident = Samples.opened();
        for (var platform : List.of("servicenow", "pagerduty")) {
            incident = hear(incident, platform, "[P1] " + incident.title(), 1).incident();
        }
        return incident.settled(Set.of());
    }

    private static boolean isDue(Incident incident, String platform) {
        return Title.isDue(incident.part(platform, "incident").known().title(), incident.title());
    }

    private static Step titleOf(Incident incident, String platform) {
        return Step.update(incident, platform, "incident", new Desired(Status.OPEN, Priority.P1, incident.title()));
    }

    private static Change hear(Incident incident, String platform, String title, int second) {
        return incident.observe(says(platform, title, second), Samples.hearing(at(second)));
    }

    private static Observation says(String platform, String title, int second) {
        return says(platform, "", title, second);
    }

    private static Observation says(String platform, String status, String title, int second) {
        return new Observation(
                platform,
                "incident",
                null,
                Samples.reference(platform, "incident"),
                new Observation.Field(status, at(second), -1),
                Observation.Field.NOT_SAID,
                new Observation.Field(title, at(second), -1),
                SignalEnd.RESOLVE,
                List.of(),
                null);
    }

    private static Instant at(int second) {
        return Samples.STARTED.plusSeconds(second);
    }
}
