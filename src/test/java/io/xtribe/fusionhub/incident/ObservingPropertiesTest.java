package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.testing.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for all signals, in whatever order and however often they come. */
class ObservingPropertiesTest extends ObservingFixture {

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
        assertThat(after.status().name().toLowerCase(Locale.ROOT)).isEqualTo(newest.status());
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
        var after = applyAll(Trigger.open(alert("active", T0), T0, false), alerts);

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
                part.known().status().version() + 1,
                incident.status().name().toLowerCase(Locale.ROOT),
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
        return random.nextBoolean() ? Samples.opened() : Samples.newIncident();
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

    private static Incident applyAll(Incident incident, List<Signal> signals) {
        var next = incident;
        for (var signal : signals) {
            next = apply(next, signal);
        }
        return next;
    }

    private static Signal page(Instant at, String status, String priority, String fusionKey) {
        return Signals.of(
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
