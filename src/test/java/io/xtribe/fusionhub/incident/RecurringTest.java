package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalEnd;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.testing.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/** A monitor that alerts again, in another cycle. */
class RecurringTest extends ObservingFixture {

    private static final String CYCLE = "fx-" + "b".repeat(32);
    private static final Instant ENDED = T0.plusSeconds(600);
    private static final Incident OVER = apply(first(), alert("resolved", ENDED));

    private static Incident first() {
        return Trigger.open(alert("active", T0), T0, false);
    }

    private static Recurring.Sign sign(boolean opens, boolean unconfirmed) {
        return new Recurring.Sign(CYCLE, opens, true, unconfirmed);
    }

    private static Observation said(String status, Instant at) {
        return Observation.of(alert(status, at));
    }

    @Test
    void opensAgainWhatIsOver() {
        // When
        var change = OVER.recurring(said("active", ENDED.plusSeconds(60)), sign(true, false), Samples.HEARING);

        // Then
        var again = change.incident();
        assertThat(again.status()).isEqualTo(Status.OPEN);
        assertThat(again.cycle()).isEqualTo(CYCLE);
        assertThat(again.unconfirmed()).isFalse();
        assertThat(again.isSettled()).isFalse();
        assertThat(again.recurring(said("resolved", ENDED.plusSeconds(120)), sign(false, false), Samples.HEARING)
                        .incident()
                        .status())
                .as("the end of the new cycle")
                .isEqualTo(Status.RESOLVED);
    }

    @Test
    void opensAgainOnlyForWhatOpens() {
        var change = OVER.recurring(said("active", ENDED.plusSeconds(60)), sign(false, false), Samples.HEARING);

        assertThat(change.incident()).isEqualTo(OVER);
    }

    /** Repeated, or overtaken by its own end. */
    @ParameterizedTest
    @CsvSource({"-60, false, false", "0, true, true", "60, true, false"})
    void opensNotForWhatWasBeforeTheEnd(int seconds, boolean opens, boolean asks) {
        var again = OVER.recurring(said("active", ENDED.plusSeconds(seconds)), sign(true, false), Samples.HEARING)
                .incident();

        assertThat(again.status()).isEqualTo(opens ? Status.OPEN : Status.RESOLVED);
        assertThat(again.unconfirmed()).isEqualTo(asks);
    }

    /** A person resolved it while the alert stands: its notifications are no new alert. */
    @Test
    void leavesWhatAPersonResolvedToThem() {
        // Given
        var joined = first().recurring(said("active", T0.plusSeconds(60)), sign(true, false), Samples.HEARING)
                .incident();
        var resolved = joined.desiring(Status.RESOLVED, Priority.P1);

        // When
        var renotified = resolved.recurring(said("active", T0.plusSeconds(700)), sign(true, false), Samples.HEARING);

        // Then
        assertThat(renotified.incident().status()).isEqualTo(Status.RESOLVED);
    }

    /** A poll cannot know the key of the cycle that it has found: the webhook that tells it may come after somebody has resolved the incident. */
    @ParameterizedTest
    @CsvSource({
        "Triggered, -5, true, false",
        "Triggered, 0, true, false",
        "Triggered, 120, true, false",
        "Renotify, 3600, false, false",
        "Triggered, 121, true, true"
    })
    void opensWhatAPollHasFoundAgainOnlyForAnotherAlert(String word, int seconds, boolean begins, boolean opens) {
        // Given
        var found = found();
        var resolved = found.desiring(Status.RESOLVED, Priority.P1);
        var sign = new Recurring.Sign(CYCLE, true, begins, false);

        // When
        var told = resolved.recurring(said("active", T0.plusSeconds(seconds)), sign, Samples.HEARING)
                .incident();

        // Then
        assertThat(told.status()).as(word).isEqualTo(opens ? Status.OPEN : Status.RESOLVED);
    }

    @Test
    void opensWhatAPollHasFoundAgainForAnotherAlertOnceTheKeyIsKnown() {
        // Given
        var resolved = found().desiring(Status.RESOLVED, Priority.P1);
        var told = resolved.recurring(said("active", T0), sign(true, false), Samples.HEARING)
                .incident();
        var renotification = new Recurring.Sign("fx-" + "c".repeat(32), true, false, false);

        // When
        var again = told.recurring(said("active", T0.plusSeconds(7200)), renotification, Samples.HEARING)
                .incident();

        // Then
        assertThat(told.status()).isEqualTo(Status.RESOLVED);
        assertThat(told.cycle()).isEqualTo(CYCLE);
        assertThat(again.status()).isEqualTo(Status.OPEN);
    }

    @Test
    void opensWhatAPollHasFoundAgainAfterTheEndOfItsAlert() {
        // Given
        var over = apply(found(), alert("resolved", ENDED));
        var renotification = new Recurring.Sign(CYCLE, true, false, false);

        // When
        var again = over.recurring(said("active", ENDED.plusSeconds(60)), renotification, Samples.HEARING)
                .incident();

        // Then
        assertThat(again.status()).isEqualTo(Status.OPEN);
    }

    /** What goes on a poll does not tell of again, whatever it calls it. */
    @ParameterizedTest
    @CsvSource({"TRIGGERED, ~a@b@1, true", "UPDATED, ~a@b@1, true", "TRIGGERED, 4711, true", "UPDATED, 4711, false"})
    void knowsWhatBeginsFromWhatGoesOn(SignalKind kind, String key, boolean begins) {
        assertThat(Recurring.Sign.opening(told(kind, key), false).begins()).isEqualTo(begins);
    }

    /** Two minutes after it had begun. */
    private static Incident found() {
        return Trigger.open(told(SignalKind.TRIGGERED, "~98219311@env:prod@1769860800"), T0.plusSeconds(120), false);
    }

    private static Signal told(SignalKind kind, String key) {
        var told = alert("active", T0);
        return Signals.of(
                "datadog:poll:a",
                "datadog",
                kind,
                "",
                told.firstSign(),
                null,
                told.scope(),
                key,
                null,
                told.title(),
                "",
                told.priority(),
                "active",
                T0,
                -1,
                RoutingHints.NONE);
    }

    @Test
    void joinsWhatIsOpenAndTakesNoAcknowledgementBack() {
        // Given
        var told = first().observe(Observation.of(alert("resolved", ENDED)).with(SignalEnd.IGNORE), Samples.HEARING)
                .incident()
                .desiring(Status.ACKNOWLEDGED, Priority.P1);

        // When
        var joined = told.recurring(said("active", ENDED.plusSeconds(60)), sign(true, false), Samples.HEARING);

        // Then
        assertThat(joined.incident().status()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(joined.incident().cycle()).isEqualTo(CYCLE);
        assertThat(joined.notes().get(0)).contains("another cycle");
    }

    @ParameterizedTest
    @EnumSource(
            value = SignalEnd.class,
            names = {"COMMENT", "IGNORE"})
    void goesOnWhereTheEndOfTheAlertIsNotThatOfTheIncident(SignalEnd end) {
        var change = first().observe(Observation.of(alert("resolved", ENDED)).with(end), Samples.HEARING);

        assertThat(change.incident().status()).isEqualTo(Status.OPEN);
        assertThat(change.incident().generation()).isEqualTo(1);
        assertThat(change.notes()).singleElement().asString().contains("changes nothing elsewhere");
        assertThat(change.incident().part("datadog", "alert").known().status().value())
                .isEqualTo(Status.RESOLVED);
    }

    @ParameterizedTest
    @CsvSource({"60, true", "3599, true", "3601, false"})
    void countsTheWindowFromTheEnd(long seconds, boolean within) {
        var window = Duration.ofHours(1);

        assertThat(Recurring.isWithin(window, OVER, "datadog", ENDED.plusSeconds(seconds)))
                .isEqualTo(within);
        assertThat(Recurring.isWithin(window, first(), "datadog", ENDED.plusSeconds(999_999)))
                .as("while it is open")
                .isTrue();
    }

    /** Its platform was asked, and said that it is over: it is as before, and people may open it again all the same. */
    @Test
    void isAsBeforeWhereItIsNotConfirmed() {
        // Given
        var asked = OVER.recurring(said("active", ENDED), sign(true, true), Samples.HEARING)
                .incident();
        var read = new Observation(
                "datadog",
                "",
                null,
                new Reference("98219311", "", "", false, false),
                new Observation.Field("resolved", Instant.EPOCH, -1),
                new Observation.Field("P1", Instant.EPOCH, -1));

        // When
        var after = asked.outcome(Step.readOrigin(asked), new Outcome.OriginRead(read, Set.of(Priority.P1)))
                .incident();

        // Then
        assertThat(after.status()).isEqualTo(Status.RESOLVED);
        assertThat(after.unconfirmed()).isFalse();
    }
}
