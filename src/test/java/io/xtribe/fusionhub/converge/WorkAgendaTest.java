package io.xtribe.fusionhub.converge;

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
        agenda.in("later", LONG);
        agenda.in("now", Duration.ZERO);

        // Then
        assertThat(agenda.next(Duration.ofSeconds(1))).isEqualTo("now");
        assertThat(agenda.next(NOT_AT_ALL)).isNull();
        assertThat(agenda.holds("now")).isFalse();
        assertThat(agenda.holds("later")).isTrue();
    }

    @Test
    void handsOutWhatIsUrgentFirst() throws InterruptedException {
        // Given
        agenda.in("first", Duration.ZERO);
        agenda.in("second", Duration.ZERO);
        agenda.urgently("urgent");

        // Then
        assertThat(agenda.next(Duration.ofSeconds(1))).isEqualTo("urgent");
        assertThat(agenda.next(Duration.ofSeconds(1))).isEqualTo("first");
        assertThat(agenda.next(Duration.ofSeconds(1))).isEqualTo("second");
    }

    @Test
    void keepsTheEarlierOfTwoTimes() throws InterruptedException {
        // Given
        agenda.in("a", Duration.ZERO);
        agenda.in("a", LONG);
        agenda.in("b", LONG);
        agenda.in("b", Duration.ZERO);

        // Then
        assertThat(agenda.size()).isEqualTo(2);
        assertThat(agenda.next(Duration.ofSeconds(1))).isEqualTo("a");
        assertThat(agenda.next(Duration.ofSeconds(1))).isEqualTo("b");
        assertThat(agenda.next(NOT_AT_ALL)).isNull();
    }

    @Test
    void looksOnceAtWhatWasBroughtForward() throws InterruptedException {
        // Given
        var soon = Duration.ofMillis(50);
        agenda.in("a", soon);
        agenda.in("a", Duration.ZERO);

        // Then
        assertThat(agenda.next(Duration.ofSeconds(1))).isEqualTo("a");
        assertThat(agenda.next(soon.multipliedBy(4))).isNull();
    }

    @Test
    void takesAnIncidentInAgainAfterItWasHandedOut() throws InterruptedException {
        // Given
        agenda.in("a", Duration.ZERO);
        agenda.next(Duration.ofSeconds(1));

        // When
        agenda.in("a", Duration.ZERO);

        // Then
        assertThat(agenda.next(Duration.ofSeconds(1))).isEqualTo("a");
    }

    @Test
    void forgetsWhatIsSettled() throws InterruptedException {
        // Given
        agenda.in("a", Duration.ZERO);

        // When
        agenda.forget("a");
        agenda.forget("never planned");

        // Then
        assertThat(agenda.next(NOT_AT_ALL)).isNull();
        assertThat(agenda.size()).isZero();
    }
}
