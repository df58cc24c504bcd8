package io.xtribe.fusionhub.incident;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.testing.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/** What a trigger makes of a signal, and what later alerts make of an incident that has no record yet. */
class TriggerTest extends ObservingFixture {

    @Nested
    class AFirstSign {

        @Test
        void isOpenEvenWhenItsPlatformCallsItInProgress() {
            // When
            var incident = Trigger.open(ticket("s1", 0, "acknowledged", "P2", null), T0, false);

            // Then
            assertThat(incident.status()).isEqualTo(Status.OPEN);
            assertThat(incident.generation()).isEqualTo(1);
            assertThat(incident.isSettled()).isFalse();
            assertThat(incident.id()).isEqualTo(CorrelationId.derive("servicenow", "dev1", "s1"));
            assertThat(incident.part("servicenow", "incident").reference())
                    .isEqualTo(new Reference("s1", "No s1", "https://now.example/s1", false, false));
            assertThat(incident.part("servicenow", "incident").known().status().value())
                    .isEqualTo(Status.ACKNOWLEDGED);
        }

        @Test
        void ofAnAlertHasNoRecordThere() {
            // When
            var incident = Trigger.open(alert("active", T0), T0, false);

            // Then
            assertThat(incident.platforms().values())
                    .allSatisfy(parts -> assertThat(parts.values()).noneMatch(Part::isOpened));
        }

        @Test
        void staysSmallWhateverTheWebhookHolds() {
            // Given
            var huge = trigger("🔥".repeat(100_000), "\u0001🔥".repeat(100_000));

            // When
            var incident = Trigger.open(huge, T0, false);

            // Then
            assertThat(IncidentJson.write(incident)).hasSizeLessThan(56 * 1024);
            assertThat(huge.title()).startsWith(incident.title());
            assertThat(huge.description()).startsWith(incident.description());
            assertThat(Character.isHighSurrogate(
                            incident.title().charAt(incident.title().length() - 1)))
                    .isFalse();
        }

        @Test
        void keepsATextThatFitsAndCutsNoCharacterOfALongerOneInTwo() {
            // Given
            var fits = "x".repeat(Title.LIMIT);
            var half = "x" + "🔥".repeat(Title.LIMIT / 2);

            // Then
            assertThat(titled(fits)).isEqualTo(fits);
            assertThat(titled(fits + "y")).isEqualTo(fits);
            assertThat(titled(half)).isEqualTo("x" + "🔥".repeat(Title.LIMIT / 2 - 1));
        }

        @Test
        void withNothingButAPriorityForItsTitleIsCalledByWhatItIs() {
            assertThat(titled("[P1]")).isEqualTo("Incident of datadog.monitor");
            assertThat(titled("")).isEqualTo("Incident of datadog.monitor");
            assertThat(titled("[SEV-1] [P1] Checkout is down")).isEqualTo("Checkout is down");
        }

        private static String titled(String title) {
            return Trigger.open(trigger(title, ""), T0, false).title();
        }

        private static Signal trigger(String title, String description) {
            return Signals.of(
                    "s",
                    "datadog",
                    SignalKind.TRIGGERED,
                    "",
                    new Signal.FirstSign("datadog.monitor", "Triggered", "", "1"),
                    null,
                    "1",
                    "k",
                    null,
                    title,
                    description,
                    "P1",
                    "active",
                    T0,
                    -1,
                    RoutingHints.NONE);
        }
    }

    @Nested
    class AnAlertWithoutARecord {

        private final Incident incident = Trigger.open(alert("active", T0), T0, false);

        @Test
        void resolvesWhenItRecovers() {
            // When
            var after = apply(incident, alert("resolved", T0.plusSeconds(60)));

            // Then
            assertThat(after.status()).isEqualTo(Status.RESOLVED);
            assertThat(after.generation()).isEqualTo(2);
        }

        @Test
        void opensAgainWhenItTriggersLaterInTheSameCycle() {
            // Given
            var resolved = apply(incident, alert("resolved", T0.plusSeconds(60)));

            // Then
            assertThat(apply(resolved, alert("active", T0.plusSeconds(120))).status())
                    .isEqualTo(Status.OPEN);
        }

        /** A crash before the acknowledgement lets NATS deliver the trigger again, after its recovery was taken in. */
        @Test
        void staysResolvedWhenItsTriggerIsDeliveredAgain() {
            // Given
            var resolved = apply(incident, alert("resolved", T0.plusSeconds(60)));

            // When
            var after = apply(resolved, alert("active", T0));

            // Then
            assertThat(after).isEqualTo(resolved);
        }

        /** The monitor says only what it said before: that is no reason to overrule the person. */
        @Test
        void staysResolvedByAPersonWhenItIsRenotified() {
            // Given
            var resolved = incident.desiring(Status.RESOLVED, Priority.P1);

            // When
            var after = apply(resolved, alert("active", T0.plusSeconds(3600)));

            // Then
            assertThat(after.status()).isEqualTo(Status.RESOLVED);
            assertThat(after.generation()).isEqualTo(resolved.generation());
        }
    }
}
