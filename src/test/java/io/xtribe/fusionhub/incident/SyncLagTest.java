package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a change took from one platform to another. */
class SyncLagTest {

    private static final Instant THEN = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant NOW = THEN.plusSeconds(3);

    private static Incident incident(Status status, List<Turn> turns) {
        return new IncidentBuilder()
                .schema(Incident.SCHEMA)
                .id("fx-1")
                .generation(2)
                .settledGeneration(1)
                .title("down")
                .priority(Priority.P1)
                .status(status)
                .receivedAt(THEN.minusSeconds(60))
                .turns(turns.isEmpty() ? Map.of() : Map.of("status", turns))
                .build()
                .withPart(
                        "b",
                        "ticket",
                        part -> part.opened(
                                new Reference("1", "INC1", "https://b/1", true, true),
                                new Known(Status.OPEN, Priority.P1, THEN, 1)));
    }

    private static Step update(Incident incident) {
        return Step.update(incident, "b", "ticket", Desired.of(incident));
    }

    @Test
    void ofAFieldFromTheChangeOnTheOtherPlatform() {
        var turns = List.of(new Turn("a", "OPEN", "ACKNOWLEDGED", THEN));

        assertThat(SyncLag.of(update(incident(Status.ACKNOWLEDGED, turns)), NOW))
                .containsExactly(new SyncLag("a", "status", Duration.ofSeconds(3)));
    }

    @Test
    void noneWhereThePlatformItselfWasTheOneThatChanged() {
        var turns = List.of(new Turn("b", "OPEN", "ACKNOWLEDGED", THEN));

        assertThat(SyncLag.of(update(incident(Status.ACKNOWLEDGED, turns)), NOW))
                .isEmpty();
    }

    @Test
    void noneWhereNobodyChangedIt() {
        assertThat(SyncLag.of(update(incident(Status.ACKNOWLEDGED, List.of())), NOW))
                .isEmpty();
        var older = List.of(new Turn("a", "OPEN", "RESOLVED", THEN));
        assertThat(SyncLag.of(update(incident(Status.ACKNOWLEDGED, older)), NOW))
                .isEmpty();
    }

    @Test
    void ofACommentFromWhenItWasWrittenButNotFromBeforeItsIncident() {
        var incident = incident(Status.OPEN, List.of());

        assertThat(SyncLag.of(comment(incident, THEN), NOW))
                .containsExactly(new SyncLag("a", "comment", Duration.ofSeconds(3)));
        assertThat(SyncLag.of(comment(incident, THEN.minusSeconds(3_600)), NOW))
                .containsExactly(new SyncLag("a", "comment", Duration.ofSeconds(63)));
        assertThat(SyncLag.of(comment(incident, NOW.plusSeconds(5)), NOW))
                .as("another clock")
                .containsExactly(new SyncLag("a", "comment", Duration.ZERO));
        assertThat(SyncLag.of(comment(incident, Instant.EPOCH), NOW)).isEmpty();
    }

    private static Step comment(Incident incident, Instant at) {
        var comment = new KeptComment("key", "a", Set.of("1"), "digest", null, at, null, null, null, false, null);
        return Step.comment(incident, "b", "ticket", comment, false);
    }
}
