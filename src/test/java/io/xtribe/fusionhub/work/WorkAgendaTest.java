package io.xtribe.fusionhub.work;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WorkAgendaTest {

    private static final Duration NOT_AT_ALL = Duration.ZERO;
    private static final Duration LONG = Duration.ofHours(1);

    private final WorkAgenda agenda = new WorkAgenda();

    @Test
    void handsOutWhatIsDueAndNothingElse() throws InterruptedException {
        // Given
        agenda.in("later", WorkLane.FOLLOW_UP, LONG);
        agenda.in("now", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("now");
        assertThat(next(NOT_AT_ALL)).isNull();
        assertThat(agenda.holds("now")).isFalse();
        assertThat(agenda.holds("later")).isTrue();
    }

    @Test
    void handsOutNewIncidentsBeforeAllCatchingUp() throws InterruptedException {
        // Given
        agenda.in("first", WorkLane.FOLLOW_UP, Duration.ZERO);
        agenda.in("second", WorkLane.FOLLOW_UP, Duration.ZERO);
        agenda.in("P2", WorkLane.TRIGGER, Duration.ZERO);
        agenda.in("P1", WorkLane.P1_TRIGGER, Duration.ZERO);

        // Then
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("P1");
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("P2");
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("first");
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("second");
    }

    @Test
    void keepsAnIncidentInTheMoreUrgentOfTwoLanes() throws InterruptedException {
        // Given
        agenda.in("other", WorkLane.FOLLOW_UP, Duration.ZERO);
        agenda.in("new", WorkLane.TRIGGER, Duration.ZERO);
        agenda.in("new", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("new");
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("other");
    }

    @Test
    void keepsBackWhatMayNotBeHandedOutNow() throws InterruptedException {
        // Given
        agenda.in("catching up", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(agenda.next(NOT_AT_ALL, () -> WorkLane.TRIGGER)).isNull();
        agenda.in("new", WorkLane.TRIGGER, Duration.ZERO);
        assertThat(agenda.next(Duration.ofSeconds(1), () -> WorkLane.TRIGGER).id())
                .isEqualTo("new");
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("catching up");
    }

    @Test
    void doesNotLetAnUrgentOneGoBeforeItsTime() throws InterruptedException {
        // Given
        agenda.in("later", WorkLane.P1_TRIGGER, LONG);
        agenda.in("now", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("now");
        assertThat(next(NOT_AT_ALL)).isNull();
    }

    @Test
    void keepsTheEarlierOfTwoTimes() throws InterruptedException {
        // Given
        agenda.in("a", WorkLane.FOLLOW_UP, Duration.ZERO);
        agenda.in("a", WorkLane.FOLLOW_UP, LONG);
        agenda.in("b", WorkLane.FOLLOW_UP, LONG);
        agenda.in("b", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(agenda.size()).isEqualTo(2);
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("a");
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("b");
        assertThat(next(NOT_AT_ALL)).isNull();
    }

    @Test
    void looksOnceAtWhatWasBroughtForward() throws InterruptedException {
        // Given
        var soon = Duration.ofMillis(50);
        agenda.in("a", WorkLane.FOLLOW_UP, soon);
        agenda.in("a", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("a");
        assertThat(next(soon.multipliedBy(4))).isNull();
    }

    @Test
    void takesAnIncidentInAgainAfterItWasHandedOut() throws InterruptedException {
        // Given
        agenda.in("a", WorkLane.FOLLOW_UP, Duration.ZERO);
        next(Duration.ofSeconds(1));

        // When
        agenda.in("a", WorkLane.FOLLOW_UP, Duration.ZERO);

        // Then
        assertThat(next(Duration.ofSeconds(1))).isEqualTo("a");
    }

    @Test
    void forgetsWhatIsSettled() throws InterruptedException {
        // Given
        agenda.in("a", WorkLane.FOLLOW_UP, Duration.ZERO);

        // When
        agenda.forget("a");
        agenda.forget("never planned");

        // Then
        assertThat(next(NOT_AT_ALL)).isNull();
        assertThat(agenda.size()).isZero();
    }

    private String next(Duration limit) throws InterruptedException {
        var next = agenda.next(limit, () -> WorkLane.FOLLOW_UP);
        return next == null ? null : next.id();
    }
}
