package io.xtribe.fusionhub.work;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Which entries any hub might work on, and none does. */
class WorkSightingsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final WorkSightings sightings = new WorkSightings();

    private static WorkEntry entry(Duration wait, String owner, Duration lease) {
        return new WorkEntry(
                wait.toMillis(), 0, owner, lease.toMillis(), owner.isEmpty() ? "" : "lease", WorkLane.FOLLOW_UP);
    }

    private void awaitFree(String... ids) {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(sightings.freeFor(Duration.ofMillis(50)))
                .containsExactlyInAnyOrder(ids));
    }

    @Test
    void thoseThatAreDueAndLeasedToNobodyAreFree() {
        sightings.see("due", entry(Duration.ZERO, "", Duration.ZERO), 1);
        sightings.see("waits for a platform", entry(HOUR, "", Duration.ZERO), 1);
        sightings.see("leased", entry(Duration.ZERO, "hub-b", HOUR), 1);
        sightings.see("its hub has died", entry(Duration.ZERO, "hub-c", Duration.ofMillis(20)), 1);

        awaitFree("due", "its hub has died");
    }

    @Test
    void timeCountsFromWhenItBecameDue() {
        sightings.see("due", entry(Duration.ZERO, "", Duration.ZERO), 1);

        assertThat(sightings.freeFor(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void whatIsTakenUpOrGoneIsFreeNoMore() {
        sightings.see("taken", entry(Duration.ZERO, "", Duration.ZERO), 1);
        sightings.see("gone", entry(Duration.ZERO, "", Duration.ZERO), 1);
        awaitFree("taken", "gone");

        sightings.see("taken", entry(Duration.ZERO, "hub-b", HOUR), 2);
        sightings.forget("gone");

        assertThat(sightings.freeFor(Duration.ofMillis(50))).isEmpty();
    }

    @Test
    void aPassThatWasGivenBackForLaterIsNotFree() {
        sightings.see("held", entry(Duration.ZERO, "hub-b", Duration.ofMillis(1)), 1);
        awaitFree("held");

        sightings.see("held", entry(HOUR, "", Duration.ZERO), 2);

        assertThat(sightings.freeFor(Duration.ofMillis(50))).isEmpty();
    }
}
