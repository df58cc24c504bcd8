package io.xtribe.fusionhub.incident;

import java.util.Locale;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** What reports of records make of an incident. */
class ObservingTest extends ObservingFixture {

    @Nested
    class OfARecordOfOurs {

        /** With a record, and a create before it of which nobody knows whether it made another. */
        private final Incident suspect = Samples.opened()
                .withPart("servicenow", "incident", part -> part.suspecting(new Recheck("later", 300_000)));

        @Test
        void isAdoptedFromItsOwnWebhook() {
            // Given
            var attempted = Samples.newIncident()
                    .withPart(
                            "servicenow",
                            "incident",
                            part -> part.attempting(new Attempt("t", null, 30_000, "hub", T0, false)));

            // When
            var applied = attempted.observe(Observation.of(ticket("s9", 0, "open", "P1", OURS)), Samples.HEARING);

            // Then
            var part = applied.incident().part("servicenow", "incident");
            assertThat(part.reference()).isEqualTo(new Reference("s9", "No s9", "https://now.example/s9", true, false));
            assertThat(part.attempt()).isNull();
            assertThat(applied.incident().generation()).isEqualTo(1);
            assertThat(applied.notes()).first().asString().contains("adopted servicenow incident s9");
        }

        /** The webhook of the create was lost, the next one tells that a person was faster. */
        @ParameterizedTest
        @CsvSource({"open, OPEN, 1", "acknowledged, ACKNOWLEDGED, 2", "resolved, RESOLVED, 2"})
        void takesOverWhatAPersonDidBeforeItWasKnown(String shown, Status status, long generation) {
            // When
            var after = apply(Samples.newIncident(), ticket("s9", 4, shown, "P1", OURS));

            // Then
            assertThat(after.status()).isEqualTo(status);
            assertThat(after.generation()).isEqualTo(generation);
        }

        @Test
        void isNotTakenBackByARecordThatIsStillOpen() {
            // Given
            var resolved = Samples.newIncident().desiring(Status.RESOLVED, Priority.P1);

            // When
            var after = apply(resolved, ticket("s9", 0, "open", "P1", OURS));

            // Then
            assertThat(after.status()).isEqualTo(Status.RESOLVED);
            assertThat(after.part("servicenow", "incident").known().status().value())
                    .isEqualTo(Status.OPEN);
        }

        /** They were looking at a record that was open still; the page, which is resolved, must not be opened for it. */
        @ParameterizedTest
        @CsvSource({"acknowledged, false", "open, true"})
        void reopensOnlyWhereTheEndWasShown(String status, boolean shownResolved) {
            // Given
            var resolved = Samples.opened()
                    .desiring(Status.RESOLVED, Priority.P1)
                    .withPart(
                            "servicenow",
                            "incident",
                            part -> shownResolved
                                    ? part.showing(new Known(Status.RESOLVED, Priority.P1, T0, 3))
                                    : part);

            // When
            var change = resolved.observe(Observation.of(ticket(id(resolved), 4, status, "P1", OURS)), Samples.HEARING);

            // Then
            assertThat(change.incident().status()).isEqualTo(shownResolved ? Status.OPEN : Status.RESOLVED);
            assertThat(change.incident()
                            .part("servicenow", "incident")
                            .known()
                            .status()
                            .value())
                    .isEqualTo(shownResolved ? Status.OPEN : Status.ACKNOWLEDGED);
            assertThat(change.notes())
                    .containsExactly(
                            shownResolved
                                    ? "servicenow changed it to OPEN P1"
                                    : "servicenow shows ACKNOWLEDGED, set while the incident was resolved: it stays resolved");
        }

        @Test
        void changesNothingByItsEcho() {
            // Given
            var incident = Samples.opened();

            // When
            var applied =
                    incident.observe(Observation.of(ticket(id(incident), 1, "open", "P1", OURS)), Samples.HEARING);

            // Then
            assertThat(applied.incident().generation()).isEqualTo(incident.generation());
            assertThat(applied.notes()).containsExactly("says what is already so");
        }

        @Test
        void isNotAppliedWhenItIsACopy() {
            // When
            var applied = Samples.opened()
                    .observe(Observation.of(ticket("copy", 9, "resolved", "P3", OURS)), Samples.HEARING);

            // Then
            assertThat(applied.incident()).isEqualTo(Samples.opened());
            assertThat(applied.notes()).first().asString().contains("a copy that carries our key, not applied");
        }

        @Test
        void isADuplicateToCloseAfterACreateOfUnknownOutcome() {
            // When
            var after = apply(suspect, ticket("s-late", 0, "acknowledged", "P3", OURS));

            // Then
            var part = after.part("servicenow", "incident");
            assertThat(part.duplicates()).containsExactly("s-late");
            assertThat(part.reference()).isEqualTo(Samples.reference("servicenow", "incident"));
            assertThat(after.status()).isEqualTo(Status.OPEN);
            assertThat(after.generation()).isEqualTo(suspect.generation());
            assertThat(apply(after, ticket("s-late", 1, "open", "P1", OURS))).isEqualTo(after);
        }

        @Test
        void isNoDuplicateToCloseAgainOnceItIsClosed() {
            // Then
            assertThat(apply(suspect, ticket("s-late", 2, "resolved", "P1", OURS)))
                    .isEqualTo(suspect);
        }

        @Test
        void isNoDuplicateAnyMoreOnceSomebodyHasClosedIt() {
            // Given
            var known = apply(suspect, ticket("s-late", 0, "open", "P1", OURS));

            // When
            var after = apply(known, ticket("s-late", 1, "resolved", "P1", OURS));

            // Then
            assertThat(after.part("servicenow", "incident").duplicates()).isEmpty();
            assertThat(after.status()).isEqualTo(Status.OPEN);
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {OURS + ".2", "fx-00000000000000000000000000000000"})
        void isNoDuplicateToCloseWithoutItsKey(String key) {
            // Then
            assertThat(apply(suspect, ticket("s-other", 3, "open", "P1", key))).isEqualTo(suspect);
        }
    }

    @Nested
    class OfAPersonsRecord {

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {OURS + ".2", "fx-00000000000000000000000000000000"})
        void isAdoptedAsTheirsAndChangesNothing(String key) {
            // When
            var after = apply(Samples.newIncident(), ticket("s9", 4, "resolved", "P1", key));

            // Then
            var part = after.part("servicenow", "incident");
            assertThat(part.reference().ours()).isFalse();
            assertThat(part.known().status().value()).isEqualTo(Status.RESOLVED);
            assertThat(after.status()).isEqualTo(Status.OPEN);
            assertThat(after.generation()).isEqualTo(1);
        }

        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {"-, true, true", "-, false, false", OURS + ", true, false"})
        void tellsWhetherSomebodyElsesKeyStandsWhereOursWould(String key, boolean told, boolean taken) {
            // Given
            var ticket = ticket("s9", 4, "open", "P1", key, told);

            // Then
            assertThat(apply(Samples.newIncident(), ticket)
                            .part("servicenow", "incident")
                            .reference()
                            .keyTaken())
                    .isEqualTo(taken);
        }
    }

    @Nested
    class AReport {

        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {"2, -, true, true", "2, -, false, false", "1, -, true, false", "2, " + OURS + ", true, false"})
        void tellsThatSomebodyElsesKeyWasPutWhereOursWouldStand(long version, String key, boolean told, boolean taken) {
            // Given a ticket that a person logged, as it was at version 1
            var logged = apply(Samples.newIncident(), ticket("s9", 1, "open", "P1", null, false));

            // When
            var after = apply(logged, ticket("s9", version, "open", "P1", key, told));

            // Then
            assertThat(after.part("servicenow", "incident").reference().keyTaken())
                    .isEqualTo(taken);
            assertThat(after.generation()).isEqualTo(logged.generation());
        }

        @ParameterizedTest
        @CsvSource({
            "acknowledged, P1, ACKNOWLEDGED, P1, 2",
            "resolved, P1, RESOLVED, P1, 2",
            "open, P3, OPEN, P3, 2",
            "resolved, P2, RESOLVED, P2, 2",
            "open, P1, OPEN, P1, 1",
            "active, '', OPEN, P1, 1",
            "'', '', OPEN, P1, 1",
        })
        void raisesTheGenerationOnlyWhenTheDesiredStateChanges(
                String status, String priority, Status desired, Priority desiredPriority, long generation) {
            // When
            var after = apply(Samples.opened(), ticket(id(Samples.opened()), 5, status, priority, OURS));

            // Then
            assertThat(after.status()).isEqualTo(desired);
            assertThat(after.priority()).isEqualTo(desiredPriority);
            assertThat(after.generation()).isEqualTo(generation);
        }

        @Test
        void ofAnOlderVersionSaysNothing() {
            // Given
            var newer = apply(Samples.opened(), ticket(id(Samples.opened()), 5, "resolved", "P1", OURS));

            // When
            var applied = newer.observe(Observation.of(ticket(id(newer), 4, "open", "P3", OURS)), Samples.HEARING);

            // Then
            assertThat(applied.incident()).isEqualTo(newer);
            assertThat(applied.notes()).first().asString().contains("nothing newer");
        }

        /** Another platform's change stands: this one only repeats what it said before. */
        @Test
        void thatRepeatsItselfDoesNotOverruleAnotherPlatform() {
            // Given
            var incident = Samples.opened().desiring(Status.RESOLVED, Priority.P2);

            // When
            var after = apply(incident, ticket(id(incident), 7, "open", "P1", OURS));

            // Then
            assertThat(after.status()).isEqualTo(Status.RESOLVED);
            assertThat(after.priority()).isEqualTo(Priority.P2);
            assertThat(after.generation()).isEqualTo(incident.generation());
        }

        @ParameterizedTest
        @EnumSource(Status.class)
        void neverLosesAReferenceOrReplacesOne(Status status) {
            // When
            var after = apply(
                    Samples.opened(),
                    ticket(id(Samples.opened()), 5, status.name().toLowerCase(Locale.ROOT), "P4", OURS));

            // Then
            assertThat(after.part("servicenow", "incident").reference())
                    .isEqualTo(Samples.reference("servicenow", "incident"));
            assertThat(after.part("pagerduty", "incident"))
                    .isEqualTo(Samples.opened().part("pagerduty", "incident"));
        }
    }
}
