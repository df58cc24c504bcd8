package io.xtribe.fusionhub.work;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WorkScheduleTest {

    private static final Duration NOT_AT_ALL = Duration.ZERO;
    private static final Duration LONG = Duration.ofHours(1);

    private final WorkSchedule schedule = new WorkSchedule();

    @Test
    void handsOutWhatIsDueAndNothingElse() throws InterruptedException {
        // Given
        schedule.in("later", WorkLane.FOLLOW_UP, LONG);
        schedule.in("now", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("now");
        assertThat(next(NOT_AT_ALL)).isNull();
        assertThat(schedule.holds("now")).isFalse();
        assertThat(schedule.holds("later")).isTrue();
    }

    @Test
    void handsOutNewIncidentsBeforeAllCatchingUp() throws InterruptedException {
        // Given
        schedule.in("first", WorkLane.FOLLOW_UP, Duration.ZERO);
        schedule.in("second", WorkLane.FOLLOW_UP, Duration.ZERO);
        schedule.in("P2", WorkLane.TRIGGER, Duration.ZERO);
        schedule.in("P1", WorkLane.P1_TRIGGER, Duration.ZERO);

        // Then
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("P1");
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("P2");
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("first");
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("second");
    }

    @Test
    void keepsAnIncidentInTheMoreUrgentOfTwoLanes() throws InterruptedException {
        // Given
        schedule.in("other", WorkLane.FOLLOW_UP, Duration.ZERO);
        schedule.in("new", WorkLane.TRIGGER, Duration.ZERO);
        schedule.in("new", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("new");
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("other");
    }

    @Test
    void keepsBackWhatMayNotBeHandedOutNow() throws InterruptedException {
        // Given
        schedule.in("catching up", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(schedule.next(NOT_AT_ALL, () -> WorkLane.TRIGGER)).isNull();
        schedule.in("new", WorkLane.TRIGGER, Duration.ZERO);
        assertThat(schedule.next(Duration.ofSeconds(1), () -> WorkLane.TRIGGER).id())
                .isEqualTo("new");
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("catching up");
    }

    @Test
    void doesNotLetAnUrgentOneGoBeforeItsTime() throws InterruptedException {
        // Given
        schedule.in("later", WorkLane.P1_TRIGGER, LONG);
        schedule.in("now", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("now");
        assertThat(next(NOT_AT_ALL)).isNull();
    }

    @Test
    void keepsTheEarlierOfTwoTimes() throws InterruptedException {
        // Given
        schedule.in("a", WorkLane.FOLLOW_UP, Duration.ZERO);
        schedule.in("a", WorkLane.FOLLOW_UP, LONG);
        schedule.in("b", WorkLane.FOLLOW_UP, LONG);
        schedule.in("b", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(schedule.size()).isEqualTo(2);
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("a");
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("b");
        assertThat(next(NOT_AT_ALL)).isNull();
    }

    @Test
    void looksOnceAtWhatWasBroughtForward() throws InterruptedException {
        // Given
        var soon = Duration.ofMillis(50);
        schedule.in("a", WorkLane.FOLLOW_UP, soon);
        schedule.in("a", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("a");
        assertThat(next(soon.multipliedBy(4))).isNull();
    }

    @Test
    void takesAnIncidentInAgainAfterItWasHandedOut() throws InterruptedException {
        // Given
        schedule.in("a", WorkLane.FOLLOW_UP, Duration.ZERO);
        next(Duration.ofSeconds(1));

        // When
        schedule.in("a", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("a");
    }

    @Test
    void forgetsWhatIsSettled() throws InterruptedException {
        // Given
        schedule.in("a", WorkLane.FOLLOW_UP, Duration.ZERO);

        // When
        schedule.forget("a");
        schedule.forget("never planned");

        // Then
        assertThat(next(NOT_AT_ALL)).isNull();
        assertThat(schedule.size()).isZero();
    }

    private String next(Duration limit) throws InterruptedException {
        var next = schedule.next(limit, () -> WorkLane.FOLLOW_UP);
        return next == null ? null : next.id();
    }
}
