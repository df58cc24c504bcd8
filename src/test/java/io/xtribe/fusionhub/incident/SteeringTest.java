package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an operator asks for by hand. */
class SteeringTest extends ObservingFixture {

    private static final String SERVICENOW = "servicenow";
    private static final String PART = "incident";
    private static final Incident SETTLED = Samples.opened().settled(Set.of());
    private static final Reference OLD = Samples.reference(SERVICENOW, PART);

    private static Observation read(String id, PlatformKey key, boolean keyTaken) {
        return new Observation(
                SERVICENOW,
                PART,
                key,
                new Reference(id, "INC-" + id, "https://now.example/" + id, false, keyTaken),
                new Observation.Field("acknowledged", T0, 4),
                new Observation.Field("P2", T0, 4));
    }

    private static Observation read(String id) {
        return read(id, null, false);
    }

    private static Part part(Incident incident) {
        return incident.part(SERVICENOW, PART);
    }

    private static void assertRefused(Supplier<Change> verb, String why) {
        assertThatThrownBy(verb::get).isInstanceOf(NotPossibleException.class).hasMessageContaining(why);
    }

    @Test
    void releasesWhatWentBackAndForth() {
        // Given
        var frozen = SETTLED.withFrozen(Map.of("priority", T0));

        // When
        var change = frozen.unfreezing();

        // Then
        assertThat(change.incident().frozen()).isEmpty();
        assertThat(change.incident().isSettled()).isFalse();
        assertThat(change.notes()).containsExactly("released: priority");
        assertRefused(SETTLED::unfreezing, "nothing of it is frozen");
    }

    @Test
    void attachesAnotherRecordInPlaceOfTheWrongOne() {
        // When
        var change = SETTLED.withPart(SERVICENOW, PART, part -> part.linked(Map.of("datadog", "u")))
                .attached(read("right"));

        // Then
        var after = part(change.incident());
        assertThat(after.reference())
                .isEqualTo(new Reference("right", "INC-right", "https://now.example/right", false, false));
        assertThat(after.known().status().value()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(after.known().priority().value()).isEqualTo(Priority.P2);
        assertThat(after.links()).as("links that the new one shows").isEmpty();
        assertThat(after.keyNumber())
                .as("the old one still carries the key before")
                .isEqualTo(2);
        assertThat(after.former()).extracting(Former::id).containsExactly(OLD.id());
        assertThat(change.incident().isSettled()).isFalse();
        assertThat(change.incident().status()).isEqualTo(Status.OPEN);
        assertThat(change.notes())
                .containsExactly(
                        "detached servicenow incident " + OLD.number(),
                        "attached servicenow incident INC-right https://now.example/right");
    }

    @Test
    void takesARecordBackThatWasDetached() {
        var again = SETTLED.detached(SERVICENOW, PART).incident().attached(read(OLD.id()));

        assertThat(part(again.incident()).former()).isEmpty();
        assertThat(part(again.incident()).detached()).isFalse();
        assertThat(part(again.incident()).reference().id()).isEqualTo(OLD.id());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesSomebodyElsesKeyWhereItIs(boolean keyTaken) {
        var detached = SETTLED.detached(SERVICENOW, PART).incident();

        var other = part(detached.attached(read("right", null, keyTaken)).incident());
        var ours = part(detached.attached(read("right", part(detached).key(OURS), false))
                .incident());

        assertThat(other.reference().ours()).isFalse();
        assertThat(other.reference().keyTaken()).isEqualTo(keyTaken);
        assertThat(ours.reference().ours()).isTrue();
    }

    @Test
    void attachesNothingTwiceOrWhileARecordIsBeingCreated() {
        var attempt = new Attempt("t", Map.of(), 1_000, "hub", T0, false);
        var creating = Samples.newIncident().withPart(SERVICENOW, PART, part -> part.attempting(attempt));

        assertRefused(() -> SETTLED.attached(read(OLD.id())), "attached already");
        assertRefused(() -> creating.attached(read("right")), "under way");
        assertRefused(() -> creating.opening(SERVICENOW, PART), "under way");
    }

    /** Whatever it still tells, by our key or by its own. */
    @Test
    void hearsNothingMoreFromWhatWasDetached() {
        // Given
        var detached = SETTLED.detached(SERVICENOW, PART).incident();

        for (var key : new String[] {OURS, ""}) {
            // When
            var change = detached.observe(Observation.of(ticket(OLD.id(), 9, "resolved", "P1", key)), Samples.HEARING);

            // Then
            assertThat(change.incident()).isEqualTo(detached);
            assertThat(change.notes())
                    .containsExactly("changes nothing, it comes from " + OLD.number() + ", which was detached");
        }
    }

    @Test
    void adoptsNothingByItselfWhereARecordWasDetached() {
        var detached = SETTLED.detached(SERVICENOW, PART).incident();

        var change = detached.observe(
                Observation.of(ticket(
                        "another", 9, "open", "P1", part(detached).key(OURS).toString())),
                Samples.HEARING);

        assertThat(change.incident()).isEqualTo(detached);
    }

    /** The answer to a write of before comes after it was detached. */
    @Test
    void takesNoAnswerAboutWhatIsItsOwnNoMore() {
        // Given
        var wanted = SETTLED.desiring(Status.RESOLVED, Priority.P1);
        var update = Step.of(wanted, SERVICENOW, PART, Operation.UPDATE);
        var attached = wanted.attached(read("right")).incident();

        // When
        var change = attached.outcome(update, new Outcome.Updated(read(OLD.id()), Samples.HEARING));

        // Then
        assertThat(change.incident()).isEqualTo(attached);
        assertThat(change.notes()).hasSize(1);
    }

    @Test
    void detachesOnlyWhatIsThere() {
        assertRefused(() -> Samples.newIncident().detached(SERVICENOW, PART), "has no servicenow incident");
    }

    @Test
    void opensWhatWasRejectedOrDetached() {
        // Given
        var refusal = new Rejection("open", 400, "no", 1, T0);
        var rejected = Samples.newIncident()
                .withPart(SERVICENOW, PART, part -> part.rejected(refusal))
                .settled(Set.of());
        var detached = SETTLED.detached(SERVICENOW, PART).incident().settled(Set.of());

        // Then
        for (var incident : new Incident[] {rejected, detached}) {
            var opening = incident.opening(SERVICENOW, PART).incident();
            assertThat(part(opening).rejections()).isEmpty();
            assertThat(part(opening).detached()).isFalse();
            assertThat(opening.isSettled()).isFalse();
        }
    }

    @Test
    void opensNothingThatIsThereOrOver() {
        assertRefused(() -> SETTLED.opening(SERVICENOW, PART), "detach it first");
        assertRefused(
                () -> Samples.newIncident()
                        .desiring(Status.RESOLVED, Priority.P1)
                        .opening(SERVICENOW, PART),
                "it is resolved");
        assertRefused(() -> Samples.unconfirmed().opening(SERVICENOW, PART), "has not said");
    }

    @Test
    void closesOnce() {
        var closed = SETTLED.closed().incident();

        assertThat(closed.status()).isEqualTo(Status.RESOLVED);
        assertThat(closed.generation()).isEqualTo(SETTLED.generation() + 1);
        assertRefused(closed::closed, "resolved already");
    }

    @Test
    void retriesWhatWasRejectedOnly() {
        var rejected = SETTLED.withPart(
                SERVICENOW, PART, part -> part.rejected(new Rejection("update", 403, "no", 1, Instant.EPOCH)));

        assertThat(part(rejected.retried().incident()).rejections()).isEmpty();
        assertRefused(SETTLED::retried, "nothing of it is rejected");
    }

    @Test
    void convergesWhatIsSettled() {
        assertThat(SETTLED.toConverge().incident().isSettled()).isFalse();
    }
}
