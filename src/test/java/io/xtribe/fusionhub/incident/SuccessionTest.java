package io.xtribe.fusionhub.incident;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Records that cannot be opened again, and records that are merged. */
class SuccessionTest extends ObservingFixture {

    private static final Reference OLD = Samples.reference("servicenow", "incident");
    private static final Reference PAGE = Samples.reference("pagerduty", "incident");
    private static final Incident OPENED = Samples.opened().settled(Set.of());

    /** No conflict with what was told before. */
    private static final Hearing LATER = new Hearing(Samples.HEARING.at().plusSeconds(600), Samples.HEARING.rules());

    private static Incident told(Incident incident, long version, String status) {
        return apply(incident, ticket(OLD.id(), version, status, "P1", OURS));
    }

    private static Part ticketOf(Incident incident) {
        return incident.part("servicenow", "incident");
    }

    private static Incident reopened(Incident incident) {
        var said = new Observation(
                "pagerduty",
                "incident",
                null,
                PAGE,
                new Observation.Field("open", T0.plusSeconds(90), -1),
                new Observation.Field("P1", T0.plusSeconds(90), -1));
        return incident.observe(said, LATER).incident();
    }

    private static Incident over(String status) {
        var resolved = told(OPENED, 3, status);
        assertThat(resolved.status()).isEqualTo(Status.RESOLVED);
        return resolved.withPart(
                "pagerduty",
                "incident",
                part -> part.showing(new Known(Status.RESOLVED, Priority.P1, T0.plusSeconds(60), -1)));
    }

    @Test
    void goesOnInAnotherRecordWhereTheOneBeforeIsClosedForGood() {
        // Given
        var closed = over("closed");
        assertThat(ticketOf(closed).reference())
                .as("nothing is opened for what is over")
                .isEqualTo(OLD);

        // When
        var again = reopened(closed);

        // Then
        assertThat(again.status()).isEqualTo(Status.OPEN);
        assertThat(ticketOf(again).isOpened()).isFalse();
        assertThat(ticketOf(again).key(again.id())).hasToString(OURS + ".2");
        assertThat(ticketOf(again).former(OLD.id()).orElseThrow().why()).isEqualTo(Former.Why.CLOSED);
        assertThat(again.isSettled()).isFalse();
    }

    /** 6, then 7 by a timer: only the second cannot be left. */
    @Test
    void keepsTheRecordThatCanBeOpenedAgain() {
        assertThat(ticketOf(reopened(over("resolved"))).reference()).isEqualTo(OLD);
        assertThat(ticketOf(reopened(told(over("resolved"), 4, "closed"))).isOpened())
                .isFalse();
        assertThat(ticketOf(reopened(told(over("closed"), 4, "resolved"))).isOpened())
                .as("a word that is not final does not take the final one back")
                .isFalse();
    }

    /** It was closed by a timer, unheard, before the hub came to open it again. */
    @Test
    void goesOnInAnotherRecordWhenThatIsToldAfterwards() {
        var again = reopened(over("resolved"));

        var told = told(again, 5, "closed");

        assertThat(told.status()).isEqualTo(Status.OPEN);
        assertThat(ticketOf(told).isOpened()).isFalse();
        assertThat(ticketOf(told).keyNumber()).isEqualTo(2);
    }

    /** The answer to our own reopening shows it. */
    @Test
    void goesOnInAnotherRecordWhenAnAnswerTellsIt() {
        var again = reopened(over("resolved"));
        var step = Step.of(again, "servicenow", "incident", Operation.UPDATE);
        var said = new Observation(
                "servicenow",
                "incident",
                null,
                OLD,
                new Observation.Field("closed", T0.plusSeconds(100), 6),
                new Observation.Field("P1", T0.plusSeconds(100), 6));

        var after =
                again.outcome(step, new Outcome.Updated(said, Samples.HEARING)).incident();

        assertThat(after.status()).isEqualTo(Status.OPEN);
        assertThat(ticketOf(after).isOpened()).isFalse();
        assertThat(ticketOf(after).rejections()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "acknowledged", "closed"})
    void hearsNothingMoreFromTheOneBefore(String status) {
        var again = reopened(over("closed"));

        var change = again.observe(Observation.of(ticket(OLD.id(), 9, status, "P2", OURS)), Samples.HEARING);

        assertThat(change.incident()).isEqualTo(again);
        assertThat(change.notes()).singleElement().asString().contains("which was closed");
    }

    /** A copy with the key before is none of ours any more, one with the next is. */
    @Test
    void adoptsOnlyWhatCarriesTheNextKey() {
        var again = reopened(over("closed"));

        var old = apply(again, ticket("other", 1, "open", "P1", OURS));
        var next = apply(again, ticket("other", 1, "open", "P1", OURS + ".2"));

        assertThat(ticketOf(old).reference().ours()).isFalse();
        assertThat(ticketOf(next).reference().ours()).isTrue();
    }

    @Test
    void attachesNothingClosedToWhatIsNotOver() {
        var said = Observation.of(ticket("other", 1, "closed", "P1", ""));

        assertThatThrownBy(() -> OPENED.attached(said))
                .isInstanceOf(NotPossibleException.class)
                .hasMessageContaining("cannot be opened again");
        var attached = over("resolved").attached(said).incident();
        assertThat(ticketOf(attached).closed()).isTrue();
        assertThat(ticketOf(reopened(attached)).isOpened()).isFalse();
    }

    private static Observation mergedAway() {
        return new Observation(
                "pagerduty",
                "incident",
                null,
                PAGE,
                new Observation.Field("resolved", T0.plusSeconds(60), -1),
                new Observation.Field("P1", T0.plusSeconds(60), -1));
    }

    private static final Reference SURVIVOR = new Reference("Q7", "#7", "https://acme.pagerduty.com/7", false, true);

    @Test
    void followsTheIncidentThatSurvivesAMerge() {
        // Given
        var linked = OPENED.withPart("pagerduty", "incident", part -> part.linked(Map.of("datadog", "u")));

        // When
        var change = linked.merged(mergedAway(), SURVIVOR, Samples.HEARING);

        // Then
        var page = change.incident().part("pagerduty", "incident");
        assertThat(change.incident().status()).isEqualTo(Status.OPEN);
        assertThat(page.reference()).isEqualTo(SURVIVOR);
        assertThat(page.links()).isEmpty();
        assertThat(page.known().priority().value())
                .as("it is given that of the incident")
                .isNull();
        assertThat(page.former(PAGE.id()).orElseThrow().why()).isEqualTo(Former.Why.MERGED);
        assertThat(change.notes()).singleElement().asString().contains("merged into #7");

        // The same once more, and what comes later of either.
        assertThat(change.incident()
                        .merged(mergedAway(), SURVIVOR, Samples.HEARING)
                        .incident())
                .isEqualTo(change.incident());
        var resolved = new Observation(
                "pagerduty",
                "incident",
                null,
                SURVIVOR,
                new Observation.Field("resolved", T0.plusSeconds(90), -1),
                new Observation.Field("", T0.plusSeconds(90), -1));
        assertThat(change.incident()
                        .observe(resolved, Samples.HEARING)
                        .incident()
                        .status())
                .isEqualTo(Status.RESOLVED);
    }

    /** The survivor is open, and nobody asked for its end. */
    @Test
    void followsNoMergeOfWhatIsOver() {
        var resolved = OPENED.desiring(Status.RESOLVED, Priority.P1);

        assertThat(resolved.merged(mergedAway(), SURVIVOR, Samples.HEARING)
                        .incident()
                        .part("pagerduty", "incident")
                        .reference())
                .isEqualTo(PAGE);
    }
}
