package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.incident.Outcome.Updated;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the hub writes comes back, in the answer and in webhooks, mixed with what people do at that moment. Theirs must
 * count, the hub's own must not. Times are milliseconds after {@link Samples#STARTED}; the record is known to be open and
 * P1 as of then.
 */
class OwnWritesTest {

    private static final String PAGERDUTY = "pagerduty";
    private static final String SERVICENOW = "servicenow";

    /** In whole seconds, as PagerDuty answers. */
    private static final long ANSWERED = 5_000;

    @ParameterizedTest
    @CsvSource({"acknowledged, ACKNOWLEDGED", "resolved, RESOLVED"})
    void takesOverTheStatusThatAPersonSetWhileThePriorityWasWritten(String shown, Status status) {
        // Given
        var update = update(Samples.opened().desiring(Status.OPEN, Priority.P3), PAGERDUTY);

        // When
        var change = update.incident()
                .outcome(update, new Updated(says(PAGERDUTY, shown, "P3", ANSWERED, -1), Samples.HEARING));

        // Then
        assertThat(change.incident().status()).isEqualTo(status);
        assertThat(change.incident().priority()).isEqualTo(Priority.P3);
        assertThat(change.notes()).endsWith("pagerduty changed it to " + status + " P3");
    }

    @Test
    void takesOverThePriorityThatAPersonSetWhileTheStatusWasWritten() {
        // Given
        var update = update(Samples.opened().desiring(Status.ACKNOWLEDGED, Priority.P1), SERVICENOW);

        // When
        var after = update.incident()
                .outcome(update, new Updated(says(SERVICENOW, "acknowledged", "P3", ANSWERED, 7), Samples.HEARING))
                .incident();

        // Then
        assertThat(after.priority()).isEqualTo(Priority.P3);
        assertThat(after.status()).isEqualTo(Status.ACKNOWLEDGED);
    }

    /** An instance may compute the priority itself: that is nobody's wish, and not to be written again for ever. */
    @Test
    void takesNoPriorityForAWishThatThePlatformMadeOfWhatWasSent() {
        // Given
        var update = update(Samples.opened().desiring(Status.OPEN, Priority.P2), SERVICENOW);

        // When
        var change = update.incident()
                .outcome(update, new Updated(says(SERVICENOW, "open", "P3", ANSWERED, 7), Samples.HEARING));

        // Then
        var shown = change.incident().part(SERVICENOW, "incident").known().priority();
        assertThat(change.incident().priority()).isEqualTo(Priority.P2);
        assertThat(shown.value()).isEqualTo(Priority.P3);
        assertThat(shown.isSettledOnAnotherThan(Priority.P2)).isTrue();
        assertThat(shown.isSettledOnAnotherThan(Priority.P1)).isFalse();
        assertThat(change.notes())
                .containsExactly(
                        "servicenow incident was sent OPEN P2 and shows OPEN P3: it cannot be brought to P2 there, which"
                                + " changes nothing elsewhere");
    }

    /** ServiceNow has no way back to New: reopened, a ticket is in progress, which the others need not become. */
    @Test
    void aTicketThatIsReopenedIsNobodysAcknowledgement() {
        // Given
        var reopened = Samples.opened()
                .withPart(
                        SERVICENOW,
                        "incident",
                        part -> part.showing(new Known(Status.RESOLVED, Priority.P1, Samples.STARTED, 6)))
                .desiring(Status.OPEN, Priority.P1);
        var update = Step.update(reopened, SERVICENOW, "incident", new Desired(Status.ACKNOWLEDGED, Priority.P1, null));

        // When
        var change = reopened.outcome(
                update, new Updated(says(SERVICENOW, "acknowledged", "P1", ANSWERED, 7), Samples.HEARING));

        // Then
        assertThat(change.incident().status()).isEqualTo(Status.OPEN);
        assertThat(change.incident()
                        .part(SERVICENOW, "incident")
                        .known()
                        .status()
                        .value())
                .isEqualTo(Status.ACKNOWLEDGED);
        assertThat(change.notes()).containsExactly("brought servicenow incident to ACKNOWLEDGED P1");
    }

    /** An account without priorities: the record is not said, nor known, to have what it does not show. */
    @Test
    void aPriorityThatTheAnswerDoesNotShowIsNotKnownToBeThere() {
        // Given
        var update = update(Samples.opened().desiring(Status.OPEN, Priority.P2), PAGERDUTY);

        // When
        var change = update.incident()
                .outcome(
                        update,
                        new Updated(says(PAGERDUTY, "open", Observation.Field.NONE, ANSWERED, -1), Samples.HEARING));

        // Then
        var shown = change.incident().part(PAGERDUTY, "incident").known().priority();
        assertThat(change.incident().priority()).isEqualTo(Priority.P2);
        assertThat(shown.value()).isNull();
        assertThat(shown.isSettledOnAnotherThan(Priority.P2)).isTrue();
        assertThat(change.notes())
                .containsExactly(
                        "pagerduty incident was sent OPEN P2 and shows OPEN without a priority: it cannot be brought to P2"
                                + " there, which changes nothing elsewhere");
    }

    /** Written again it would be put back again: that stands as a refusal until something else is desired. */
    @ParameterizedTest
    @CsvSource({"ACKNOWLEDGED, open", "RESOLVED, open", "RESOLVED, active"})
    void aStatusThatARulePutsBackIsNotWrittenForEver(Status desired, String shown) {
        // Given
        var update = update(Samples.opened().desiring(desired, Priority.P1), SERVICENOW);

        // When
        var change = update.incident()
                .outcome(update, new Updated(says(SERVICENOW, shown, "P1", ANSWERED, 7), Samples.HEARING));

        // Then
        var part = change.incident().part(SERVICENOW, "incident");
        assertThat(change.incident().status()).isEqualTo(desired);
        assertThat(part.known().status().value()).isEqualTo(Status.OPEN);
        assertThat(part.rejectionsOf(change.incident().generation()))
                .singleElement()
                .satisfies(
                        refusal -> assertThat(refusal.words()).contains("was sent " + desired, "puts its status back"));
        assertThat(change.notes()).singleElement().asString().contains("puts its status back");
    }

    @Test
    void aStatusFurtherOnThanWhatWasSentIsSomebodysWish() {
        // Given
        var update = update(Samples.opened().desiring(Status.ACKNOWLEDGED, Priority.P1), PAGERDUTY);

        // When
        var after = update.incident()
                .outcome(update, new Updated(says(PAGERDUTY, "resolved", "P1", ANSWERED, -1), Samples.HEARING))
                .incident();

        // Then
        assertThat(after.status()).isEqualTo(Status.RESOLVED);
        assertThat(after.part(PAGERDUTY, "incident").rejections()).isEmpty();
    }

    @Test
    void aPriorityThatARuleMakesOfTheHubsOwnWriteIsNobodysWish() {
        // Given a record whose changes are counted, of which the hub has seen the last
        var known = Samples.opened()
                .withPart(
                        SERVICENOW,
                        "incident",
                        part -> part.showing(new Known(Status.OPEN, Priority.P1, Samples.STARTED, 6)));
        var update = update(known.desiring(Status.ACKNOWLEDGED, Priority.P1), SERVICENOW);

        // When
        var after = update.incident()
                .outcome(update, new Updated(says(SERVICENOW, "acknowledged", "P2", ANSWERED, 7), Samples.HEARING))
                .incident();

        // Then
        assertThat(after.priority()).isEqualTo(Priority.P1);
        assertThat(after.part(SERVICENOW, "incident").known().priority().value())
                .isEqualTo(Priority.P2);
    }

    /** PagerDuty tells of each written field by itself, at the same millisecond, of the first with the other as it was. */
    @Property
    void theEchoesOfAWriteChangeNothingInWhateverOrderTheyCome(
            @ForAll @IntRange(max = 999) int sameSecond, @ForAll long seed) {
        // Given
        var update = update(Samples.opened().desiring(Status.ACKNOWLEDGED, Priority.P3), PAGERDUTY);
        var at = ANSWERED + sameSecond;
        var changes = new ArrayList<UnaryOperator<Incident>>(List.of(
                answer(update, says(PAGERDUTY, "acknowledged", "P3", ANSWERED, -1)),
                webhook(says(PAGERDUTY, "acknowledged", "P1", at, -1)),
                webhook(says(PAGERDUTY, "acknowledged", "P3", at, -1))));
        Collections.shuffle(changes, new Random(seed));

        // When
        var after = all(update.incident(), changes);

        // Then
        var known = after.part(PAGERDUTY, "incident").known();
        assertThat(after.generation()).isEqualTo(update.incident().generation());
        assertThat(known.status().value()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(known.priority().value()).isEqualTo(Priority.P3);
    }

    @ParameterizedTest
    @CsvSource({
        // what a webhook says after the priority P3 was written at 5 s in place of P1: when, what is desired then, and
        // whether
        // the record is read, because only that can tell
        "P2, 5900, P3, true",
        "P2, 6100, P2, false",
        "P1, 5900, P3, true",
        "P1, 6900, P3, true",
        "P1, 7100, P1, false",
        "P3, 5900, P3, false",
    })
    void tellsAPersonsChangeFromAnEcho(String told, long at, Priority desired, boolean isRead) {
        // Given
        var update = update(Samples.opened().desiring(Status.OPEN, Priority.P3), PAGERDUTY);
        var written =
                answer(update, says(PAGERDUTY, "open", "P3", ANSWERED, -1)).apply(update.incident());

        // When
        var after = written.observe(says(PAGERDUTY, "open", told, at, -1), Samples.HEARING)
                .incident();

        // Then
        assertThat(after.priority()).isEqualTo(desired);
        assertThat(after.part(PAGERDUTY, "incident").reread() != null).isEqualTo(isRead);
        assertThat(after.isSettled()).isEqualTo(written.isSettled() && !isRead);
    }

    /** What is not comparable in time is read: the record shows who was last. */
    @ParameterizedTest
    @CsvSource({"P3, P3", "P2, P2", "P1, P1"})
    void whatTheRecordShowsThenHolds(String shown, Priority desired) {
        // Given
        var update = update(Samples.opened().desiring(Status.OPEN, Priority.P3), PAGERDUTY);
        var written =
                answer(update, says(PAGERDUTY, "open", "P3", ANSWERED, -1)).apply(update.incident());
        var unclear = written.observe(says(PAGERDUTY, "open", "P2", 5_900, -1), Samples.HEARING)
                .incident();
        var read = Step.of(unclear, PAGERDUTY, "incident", Operation.READ);

        // When
        var after = unclear.outcome(
                        read, new Outcome.ReadAgain(says(PAGERDUTY, "open", shown, 5_000, -1), Samples.HEARING))
                .incident();

        // Then
        assertThat(after.priority()).isEqualTo(desired);
        assertThat(after.part(PAGERDUTY, "incident").known().priority().value()).isEqualTo(desired);
        assertThat(after.part(PAGERDUTY, "incident").reread()).isNull();
    }

    /** A write that timed out takes effect after the one that followed it: that is the hub's own doing, and is put right. */
    @Test
    void aLateWriteOfTheHubIsNobodysWish() {
        // Given
        var write = new Attempt("w", Map.of("priority", "P2"), 30_000, "hub", Samples.STARTED, false);
        var first = update(
                Samples.opened()
                        .desiring(Status.OPEN, Priority.P2)
                        .withPart(PAGERDUTY, "incident", part -> part.updating(write)),
                PAGERDUTY);
        var unknown = first.incident()
                .outcome(first, new Outcome.Unknown("no answer", 60_000, Samples.STARTED))
                .incident();
        var second = update(unknown.desiring(Status.OPEN, Priority.P3), PAGERDUTY);
        var written =
                answer(second, says(PAGERDUTY, "open", "P3", ANSWERED, -1)).apply(second.incident());

        // When
        var heard = written.observe(says(PAGERDUTY, "open", "P2", 30_000, -1), Samples.HEARING)
                .incident();
        var read = Step.of(written, PAGERDUTY, "incident", Operation.READ);
        var readBack = written.outcome(
                        read, new Outcome.ReadAgain(says(PAGERDUTY, "open", "P2", 30_000, -1), Samples.HEARING))
                .incident();

        // Then
        for (var after : List.of(heard, readBack)) {
            assertThat(after.priority()).isEqualTo(Priority.P3);
            assertThat(after.part(PAGERDUTY, "incident").known().priority().value())
                    .isEqualTo(Priority.P2);
        }
        assertThat(readBack.part(PAGERDUTY, "incident").reread()).isNull();
    }

    /** The platform counts its changes: no doubt is left even within the same second. */
    @Test
    void takesOverAPersonsWayBackAtOnceWhereChangesAreCounted() {
        // Given
        var update = update(Samples.opened().desiring(Status.OPEN, Priority.P3), SERVICENOW);
        var written =
                answer(update, says(SERVICENOW, "open", "P3", ANSWERED, 7)).apply(update.incident());

        // Then
        assertThat(written.observe(says(SERVICENOW, "open", "P1", ANSWERED, 7), Samples.HEARING)
                        .incident())
                .isEqualTo(written);
        assertThat(written.observe(says(SERVICENOW, "open", "P1", ANSWERED, 8), Samples.HEARING)
                        .incident()
                        .priority())
                .isEqualTo(Priority.P1);
    }

    @Property
    void anAnswerTakenTwiceIsTakenOnce(@ForAll Status sent, @ForAll Priority priority, @ForAll long seed) {
        // Given
        var update = update(Samples.opened().desiring(sent, priority), SERVICENOW);
        var answer = answer(update, anything(new Random(seed), 7));

        // When
        var once = answer.apply(update.incident());

        // Then
        assertThat(answer.apply(once)).isEqualTo(once);
    }

    /** The answer to a write of the priority is older than the webhook of the person who has resolved it since. */
    @Property
    void noAnswerReopensWhatAPersonResolvedLater(
            @ForAll Priority priority, @ForAll @IntRange(min = 1, max = 20) int answered, @ForAll long seed) {
        // Given
        var update = update(Samples.opened().desiring(Status.OPEN, priority), SERVICENOW);
        var changes = new ArrayList<UnaryOperator<Incident>>(List.of(
                answer(update, says(SERVICENOW, "open", priority.name(), ANSWERED, answered)),
                webhook(says(SERVICENOW, "resolved", priority.name(), ANSWERED, answered + 1))));
        Collections.shuffle(changes, new Random(seed));

        // When
        var after = all(update.incident(), changes);

        // Then
        assertThat(after.status()).isEqualTo(Status.RESOLVED);
        assertThat(after.part(SERVICENOW, "incident").known().status().value()).isEqualTo(Status.RESOLVED);
    }

    @Property
    void whatOnePlatformSaysChangesNothingThatIsKnownOfAnother(@ForAll long seed) {
        // Given
        var random = new Random(seed);
        var incident = Samples.opened();

        // When
        var after = incident;
        for (var i = 0; i < 5; i++) {
            after = after.observe(anything(random, random.nextInt(9)), Samples.HEARING)
                    .incident();
        }

        // Then
        assertThat(after.platforms().get(PAGERDUTY))
                .isEqualTo(incident.platforms().get(PAGERDUTY));
        assertThat(after.platforms().get("datadog"))
                .isEqualTo(incident.platforms().get("datadog"));
    }

    private static Observation anything(Random random, long version) {
        var status = List.of("open", "acknowledged", "resolved", "active", "").get(random.nextInt(5));
        var priority = random.nextInt(6);
        return says(SERVICENOW, status, priority == 0 ? "" : "P" + priority, random.nextInt(9_000), version);
    }

    private static UnaryOperator<Incident> answer(Step step, Observation said) {
        return incident ->
                incident.outcome(step, new Updated(said, Samples.HEARING)).incident();
    }

    private static UnaryOperator<Incident> webhook(Observation said) {
        return incident -> incident.observe(said, Samples.HEARING).incident();
    }

    private static Incident all(Incident incident, List<UnaryOperator<Incident>> changes) {
        var next = incident;
        for (var change : changes) {
            next = change.apply(next);
        }
        return next;
    }

    private static Step update(Incident incident, String platform) {
        return Step.of(incident, platform, "incident", Operation.UPDATE);
    }

    private static Observation says(String platform, String status, String priority, long atMillis, long version) {
        Instant at = Samples.STARTED.plusMillis(atMillis);
        return new Observation(
                platform,
                "incident",
                null,
                Samples.reference(platform, "incident").withOurs(false),
                new Observation.Field(status.toLowerCase(Locale.ROOT), at, version),
                new Observation.Field(priority, at, version));
    }
}
