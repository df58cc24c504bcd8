package io.xtribe.fusionhub.fallback;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a way that failed is left alone, and when what another hub has taken on is taken from it. */
class WaitsTest {

    private long now = -5;

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void leavesAWayThatFailsAloneForLongerEachTimeAndFiveMinutesAtMost() {
        var pauses = new Pauses(() -> now);

        var waits = IntStream.range(0, 7)
                .mapToObj(time -> pauses.failed("mail").toSeconds())
                .toList();

        assertThat(waits).containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L);
        assertThat(pauses.isPaused("mail")).isTrue();
        assertThat(pauses.isPaused("webhook")).isFalse();
        pass(Duration.ofSeconds(301));
        assertThat(pauses.isPaused("mail")).isFalse();
    }

    @Test
    void beginsAnewOnceAWayHasWorked() {
        var pauses = new Pauses(() -> now);
        pauses.failed("mail");
        pauses.failed("mail");

        pauses.over("mail");

        assertThat(pauses.isPaused("mail")).isFalse();
        assertThat(pauses.failed("mail")).isEqualTo(Duration.ofSeconds(10));
    }

    /** It may have died: people hear of it twice rather than not at all. */
    @Test
    void takesFromAnotherHubWhatThatHasNotToldWithinAMinute() {
        var others = new OtherHubs(() -> now);
        assertThat(others.have("fx-1")).isFalse();

        others.seen("fx-1");
        pass(Duration.ofSeconds(59));
        assertThat(others.have("fx-1")).isTrue();
        assertThat(others.areLate("fx-1")).isFalse();

        pass(Duration.ofSeconds(1));
        assertThat(others.have("fx-1")).isFalse();
        assertThat(others.areLate("fx-1")).isTrue();
        assertThat(others.areLate("fx-2")).isFalse();
    }

    @Test
    void forgetsWhatIsPaged() {
        var others = new OtherHubs(() -> now);
        others.seen("fx-1");
        pass(Duration.ofMinutes(2));

        others.keepOnly(List.of("fx-2"));

        assertThat(others.areLate("fx-1")).isFalse();
    }
}
