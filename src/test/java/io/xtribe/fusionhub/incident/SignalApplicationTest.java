package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.RoutingHints;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

class SignalApplicationTest {

    private static final Instant T0 = Samples.BORN;
    private static final String OURS = Samples.ID;

    @Nested
    class Birth {

        @Test
        void isOpenEvenWhenItsPlatformCallsItInProgress() {
            // When
            var incident = SignalApplication.born(ticket("s1", 0, "acknowledged", "P2", null), T0, false);

            // Then
            assertThat(incident.status()).isEqualTo(Status.OPEN);
            assertThat(incident.generation()).isEqualTo(1);
            assertThat(incident.isSettled()).isFalse();
            assertThat(incident.id()).isEqualTo(CorrelationId.derive("servicenow", "dev1", "s1"));
            assertThat(incident.part("servicenow", "incident").reference())
                    .isEqualTo(new Reference("s1", "No s1", "https://now.example/s1", false, false));
            assertThat(incident.part("servicenow", "incident").known().status()).isEqualTo(Status.ACKNOWLEDGED);
        }

        @Test
        void ofAnAlertHasNoRecordThere() {
            // When
            var incident = SignalApplication.born(alert("active", T0), T0, false);

            // Then
            assertThat(incident.platforms().values())
                    .allSatisfy(parts -> assertThat(parts.values()).noneMatch(Part::isOpened));
        }

        @Test
        void staysSmallWhateverTheWebhookHolds() {
            // Given
            var huge = new Signal(
                    "s",
                    "datadog",
                    SignalKind.TRIGGERED,
                    "",
                    new Signal.Birth("datadog.monitor", "Triggered", "", "1"),
                    null,
                    "1",
                    "k",
                    null,
                    "🔥".repeat(100_000),
                    "\u0001🔥".repeat(100_000),
                    "P1",
                    "active",
                    T0,
                    -1,
                    RoutingHints.NONE);

            // When
            var incident = SignalApplication.born(huge, T0, false);

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
            var fits = "x".repeat(SignalApplication.TITLE_LIMIT);
            var half = "x" + "🔥".repeat(SignalApplication.TITLE_LIMIT / 2);

            // Then
            assertThat(titled(fits)).isEqualTo(fits);
            assertThat(titled(fits + "y")).isEqualTo(fits);
            assertThat(titled(half)).isEqualTo("x" + "🔥".repeat(SignalApplication.TITLE_LIMIT / 2 - 1));
        }

        private static String titled(String title) {
            var signal = new Signal(
                    "s",
                    "datadog",
                    SignalKind.TRIGGERED,
                    "",
                    new Signal.Birth("datadog.monitor", "Triggered", "", "1"),
                    null,
                    "1",
                    "k",
                    null,
                    title,
                    "",
                    "P1",
                    "active",
                    T0,
                    -1,
                    RoutingHints.NONE);
            return SignalApplication.born(signal, T0, false).title();
        }
    }

    @Nested
    class AnAlertWithoutARecord {

        private final Incident incident = SignalApplication.born(alert("active", T0), T0, false);

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

        /** A crash before the acknowledgement lets NATS deliver the birth again, after its recovery was taken in. */
        @Test
        void staysResolvedWhenItsBirthIsDeliveredAgain() {
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

    @Nested
    class OfARecordOfOurs {

        @Test
        void isAdoptedFromItsOwnWebhook() {
            // Given
            var attempted = Samples.newborn()
                    .withPart(
                            "servicenow",
                            "incident",
                            part -> part.attempting(new Attempt("t", null, 30_000, "hub", T0, false)));

            // When
            var applied = SignalApplication.apply(attempted, ticket("s9", 0, "open", "P1", OURS));

            // Then
            var part = applied.incident().part("servicenow", "incident");
            assertThat(part.reference()).isEqualTo(new Reference("s9", "No s9", "https://now.example/s9", true, false));
            assertThat(part.attempt()).isNull();
            assertThat(applied.incident().generation()).isEqualTo(1);
            assertThat(applied.explanation()).contains("adopted servicenow incident s9");
        }

        /** The webhook of the create was lost, the next one tells that a person was faster. */
        @ParameterizedTest
        @CsvSource({"open, OPEN, 1", "acknowledged, ACKNOWLEDGED, 2", "resolved, RESOLVED, 2"})
        void takesOverWhatAPersonDidBeforeItWasKnown(String shown, Status status, long generation) {
            // When
            var after = apply(Samples.newborn(), ticket("s9", 4, shown, "P1", OURS));

            // Then
            assertThat(after.status()).isEqualTo(status);
            assertThat(after.generation()).isEqualTo(generation);
        }

        @Test
        void isNotTakenBackByARecordThatIsStillOpen() {
            // Given
            var resolved = Samples.newborn().desiring(Status.RESOLVED, Priority.P1);

            // When
            var after = apply(resolved, ticket("s9", 0, "open", "P1", OURS));

            // Then
            assertThat(after.status()).isEqualTo(Status.RESOLVED);
            assertThat(after.part("servicenow", "incident").known().status()).isEqualTo(Status.OPEN);
        }

        @Test
        void changesNothingByItsEcho() {
            // Given
            var incident = Samples.opened();

            // When
            var applied = SignalApplication.apply(incident, ticket(id(incident), 1, "open", "P1", OURS));

            // Then
            assertThat(applied.incident().generation()).isEqualTo(incident.generation());
            assertThat(applied.explanation()).isEqualTo("says what is already so");
        }

        @Test
        void isNotAppliedWhenItIsACopy() {
            // When
            var applied = SignalApplication.apply(Samples.opened(), ticket("copy", 9, "resolved", "P3", OURS));

            // Then
            assertThat(applied.incident()).isEqualTo(Samples.opened());
            assertThat(applied.explanation()).contains("a copy that carries our key, not applied");
        }

        @Test
        void isADuplicateToCloseAfterACreateOfUnknownOutcome() {
            // Given
            var suspect =
                    Samples.opened().withPart("servicenow", "incident", part -> part.suspecting(T0.plusSeconds(300)));

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
            // Given
            var suspect =
                    Samples.opened().withPart("servicenow", "incident", part -> part.suspecting(T0.plusSeconds(300)));

            // Then
            assertThat(apply(suspect, ticket("s-late", 2, "resolved", "P1", OURS)))
                    .isEqualTo(suspect);
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {OURS + ".2", "fx-00000000000000000000000000000000"})
        void isNoDuplicateToCloseWithoutItsKey(String key) {
            // Given
            var suspect =
                    Samples.opened().withPart("servicenow", "incident", part -> part.suspecting(T0.plusSeconds(300)));

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
            var after = apply(Samples.newborn(), ticket("s9", 4, "resolved", "P1", key));

            // Then
            var part = after.part("servicenow", "incident");
            assertThat(part.reference().ours()).isFalse();
            assertThat(part.known().status()).isEqualTo(Status.RESOLVED);
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
            assertThat(apply(Samples.newborn(), ticket)
                            .part("servicenow", "incident")
                            .reference()
                            .keyTaken())
                    .isEqualTo(taken);
        }
    }

    @Nested
    class AReport {

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
            var applied = SignalApplication.apply(newer, ticket(id(newer), 4, "open", "P3", OURS));

            // Then
            assertThat(applied.incident()).isEqualTo(newer);
            assertThat(applied.explanation()).contains("nothing newer");
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
                    ticket(id(Samples.opened()), 5, status.name().toLowerCase(java.util.Locale.ROOT), "P4", OURS));

            // Then
            assertThat(after.part("servicenow", "incident").reference())
                    .isEqualTo(Samples.reference("servicenow", "incident"));
            assertThat(after.part("pagerduty", "incident"))
                    .isEqualTo(Samples.opened().part("pagerduty", "incident"));
        }
    }

    @Property(tries = 400)
    void appliedTwiceIsAppliedOnce(@ForAll long seed) {
        // Given
        var random = new Random(seed);
        var incident = applyAll(start(random), signals(random, 4));
        var signal = signals(random, 1).get(0);

        // When
        var once = apply(incident, signal);

        // Then
        assertThat(apply(once, signal)).isEqualTo(once);
    }

    @Property(tries = 400)
    void aRedeliveryOfAnyEarlierSignalChangesNothingOfOnePlatform(@ForAll long seed) {
        // Given
        var random = new Random(seed);
        var signals = reports(random, 6);
        var after = applyAll(Samples.opened(), signals);

        // Then
        for (var signal : signals) {
            assertThat(apply(after, signal)).isEqualTo(after);
        }
    }

    @Property(tries = 400)
    void endsInTheStateOfTheNewestVersionInWhateverOrder(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int count) {
        // Given
        var random = new Random(seed);
        var inOrder = reports(random, count);
        var shuffled = new ArrayList<>(inOrder);
        Collections.shuffle(shuffled, random);

        // When
        var after = applyAll(Samples.opened(), shuffled);

        // Then
        var newest = inOrder.get(count - 1);
        assertThat(after.status().name().toLowerCase(java.util.Locale.ROOT)).isEqualTo(newest.status());
        assertThat(after.priority().name()).isEqualTo(newest.priority());
    }

    @Property(tries = 200)
    void endsInTheStateOfTheNewestAlertInWhateverOrder(@ForAll long seed) {
        // Given
        var random = new Random(seed);
        var alerts = new ArrayList<Signal>();
        for (int i = 1; i <= 6; i++) {
            alerts.add(alert(random.nextBoolean() ? "active" : "resolved", T0.plusSeconds(60 * i)));
        }
        var newest = alerts.get(alerts.size() - 1);
        Collections.shuffle(alerts, random);

        // When
        var after = applyAll(SignalApplication.born(alert("active", T0), T0, false), alerts);

        // Then
        assertThat(after.status() == Status.RESOLVED).isEqualTo("resolved".equals(newest.status()));
    }

    @Property(tries = 400)
    void raisesTheGenerationExactlyWithTheDesiredStateAndKeepsEveryReference(@ForAll long seed) {
        // Given
        var random = new Random(seed);
        var incident = start(random);

        for (var signal : signals(random, 12)) {
            // When
            var after = apply(incident, signal);

            // Then
            var changed = after.status() != incident.status() || after.priority() != incident.priority();
            assertThat(after.generation()).isEqualTo(incident.generation() + (changed ? 1 : 0));
            var before = incident;
            incident.platforms()
                    .forEach((platform, parts) -> parts.forEach((name, part) -> {
                        if (part.isOpened()) {
                            assertThat(after.part(platform, name).reference().id())
                                    .isEqualTo(before.part(platform, name)
                                            .reference()
                                            .id());
                        }
                        assertThat(after.part(platform, name).links()).isEqualTo(part.links());
                    }));
            assertThat(after.settledGeneration()).isEqualTo(incident.settledGeneration());
            incident = after;
        }
    }

    @Property(tries = 200)
    void ourOwnEchoChangesNothing(@ForAll long seed) {
        // Given
        var random = new Random(seed);
        var incident = applyAll(Samples.opened(), reports(random, 3));
        var part = incident.part("servicenow", "incident");
        var echo = ticket(
                id(incident),
                part.known().version() + 1,
                incident.status().name().toLowerCase(java.util.Locale.ROOT),
                incident.priority().name(),
                OURS);

        // When
        var after = apply(incident, echo);

        // Then
        assertThat(after.generation()).isEqualTo(incident.generation());
        assertThat(after.status()).isEqualTo(incident.status());
        assertThat(after.priority()).isEqualTo(incident.priority());
    }

    private static Incident start(Random random) {
        return random.nextBoolean() ? Samples.opened() : Samples.newborn();
    }

    /** Reports about one ticket, one per version, in order. */
    private static List<Signal> reports(Random random, int count) {
        var statuses = List.of("open", "acknowledged", "resolved");
        var reports = new ArrayList<Signal>();
        for (int version = 1; version <= count; version++) {
            reports.add(ticket(
                    id(Samples.opened()),
                    version,
                    statuses.get(random.nextInt(3)),
                    "P" + (1 + random.nextInt(5)),
                    OURS));
        }
        return reports;
    }

    /** Signals of all sorts about one incident: tickets, copies of them, pages, alerts, in any order and age. */
    private static List<Signal> signals(Random random, int count) {
        var statuses = List.of("open", "acknowledged", "resolved", "active", "");
        var signals = new ArrayList<Signal>();
        for (int i = 0; i < count; i++) {
            var status = statuses.get(random.nextInt(5));
            var priority = random.nextInt(4) == 0 ? "" : "P" + (1 + random.nextInt(5));
            var ours = random.nextBoolean() ? OURS : null;
            var at = T0.plus(Duration.ofSeconds(random.nextInt(20)));
            signals.add(
                    switch (random.nextInt(4)) {
                        case 0 -> alert(random.nextBoolean() ? "active" : "resolved", at);
                        case 1 -> ticket("copy", random.nextInt(20), status, priority, ours);
                        case 2 -> page(at, status, priority, ours);
                        default -> ticket(id(Samples.opened()), random.nextInt(20), status, priority, ours);
                    });
        }
        return signals;
    }

    private static Incident apply(Incident incident, Signal signal) {
        return SignalApplication.apply(incident, signal).incident();
    }

    private static Incident applyAll(Incident incident, List<Signal> signals) {
        var next = incident;
        for (var signal : signals) {
            next = apply(next, signal);
        }
        return next;
    }

    private static String id(Incident incident) {
        return incident.part("servicenow", "incident").reference().id();
    }

    private static Signal alert(String status, Instant at) {
        return new Signal(
                "a-" + at,
                "datadog",
                SignalKind.UPDATED,
                "",
                new Signal.Birth("datadog.monitor", "Triggered", "", "98219311"),
                null,
                "1100012345",
                "8482526754508042822",
                null,
                "Checkout latency",
                "",
                "P1",
                status,
                at,
                -1,
                RoutingHints.NONE);
    }

    private static Signal ticket(String id, long version, String status, String priority, String fusionKey) {
        return ticket(id, version, status, priority, fusionKey, false);
    }

    private static Signal ticket(
            String id, long version, String status, String priority, String fusionKey, boolean keyTaken) {
        return new Signal(
                "t-" + id + "-" + version,
                "servicenow",
                SignalKind.UPDATED,
                "",
                new Signal.Birth("servicenow", "incident.created", "", id),
                new Signal.PlatformRecord("incident", id, "No " + id, "https://now.example/" + id, keyTaken),
                "dev1",
                id,
                PlatformKey.findIn(fusionKey).orElse(null),
                "title",
                "",
                priority,
                status,
                T0.plusSeconds(version),
                version,
                RoutingHints.NONE);
    }

    private static Signal page(Instant at, String status, String priority, String fusionKey) {
        return new Signal(
                "p-" + at,
                "pagerduty",
                SignalKind.UPDATED,
                "",
                null,
                new Signal.PlatformRecord(
                        "incident", "pagerduty-incident-1", "#1", "https://pagerduty.example/incident/1", false),
                "",
                "pagerduty-incident-1",
                PlatformKey.findIn(fusionKey).orElse(null),
                "title",
                "",
                priority,
                status,
                at,
                -1,
                RoutingHints.NONE);
    }
}
