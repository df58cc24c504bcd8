package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.platform.availability.PlatformStatus.State;

import static org.assertj.core.api.Assertions.assertThat;

/** Pauses, waits that a vendor asks for, and platforms that do not answer. */
class BreakerTest extends AvailabilityFixture {

    private final PlatformAvailability free = availability.of("free");

    @Test
    void opensWhenMostCallsFailTriesAfterAWaitAndClosesWhenTheySucceed() {
        // Given
        fail(8);
        assertThat(state()).isEqualTo(State.BROKEN);
        assertThat(free.status().until()).isNotNull();
        for (int incident = 0; incident < 5; incident++) {
            assertThat(free.take(wish("waits-" + incident, Lane.OPEN))).isFalse();
        }
        assertThat(look()).isEmpty();

        // When
        afterSeconds(7);

        // Then
        assertThat(look()).containsExactly("waits-0", "waits-1", "waits-2");
        assertThat(state()).isEqualTo(State.PROBING);
        assertThat(look()).isEmpty();
        for (int incident = 0; incident < 3; incident++) {
            call(free, wish("waits-" + incident, Lane.OPEN), "/x", Map.of());
        }
        assertThat(recovered).containsExactly("free");
        assertThat(look()).containsExactly("waits-3", "waits-4");
        assertThat(state()).isEqualTo(State.OK);
        assertThat(availability.of("limited").status().state()).isEqualTo(State.OK);
    }

    @Test
    void waitsLongerFromTryToTry() {
        // Given
        fail(8);
        for (int incident = 0; incident < 3; incident++) {
            free.take(wish("tries-" + incident, Lane.OPEN));
        }
        afterSeconds(7);
        look();

        // When
        for (int incident = 0; incident < 3; incident++) {
            var wish = wish("tries-" + incident, Lane.OPEN);
            free.call(free.begin(wish.key()), wish.kind(), "POST", "/x").failed();
        }

        // Then
        assertThat(state()).isEqualTo(State.BROKEN);
        free.take(wish("next", Lane.OPEN));
        afterSeconds(7);
        assertThat(look()).isEmpty();
        afterSeconds(6);
        assertThat(look()).containsExactly("next");
        assertThat(recovered).isEmpty();
    }

    /** Of incidents that another hub has settled meanwhile, say. */
    @Test
    void triesWithSomebodyElseAtOnceWhenTheFirstDoNotWantToAnyMore() {
        // Given
        fail(8);
        for (int incident = 0; incident < 5; incident++) {
            free.take(wish("tries-" + incident, Lane.OPEN));
        }
        afterSeconds(7);
        assertThat(look()).containsExactly("tries-0", "tries-1", "tries-2");
        assertThat(look()).isEmpty();

        // When
        availability.keepOnly("tries-0", Set.of());
        availability.keepOnly("tries-1", Set.of());
        availability.keepOnly("tries-3", Set.of());

        // Then
        assertThat(look()).containsExactly("tries-4");
        assertThat(free.begin(wish("tries-0", Lane.OPEN).key())).isNull();
        assertThat(free.begin(wish("tries-2", Lane.OPEN).key())).isNotNull();
    }

    /** A permit to try that nobody uses goes to the next. */
    @Test
    void triesWithSomebodyElseWhenTheFirstDoNotCome() {
        // Given
        fail(8);
        for (int incident = 0; incident < 6; incident++) {
            free.take(wish("tries-" + incident, Lane.OPEN));
        }
        afterSeconds(7);
        assertThat(look()).hasSize(3);

        // When
        afterSeconds(11);

        // Then
        assertThat(look()).containsExactly("tries-3", "tries-4", "tries-5");
    }

    @Test
    void staysClosedWhereRefusalsAreNoOutage() {
        for (int request = 0; request < 20; request++) {
            free.call(null, "", "GET", "/x").throttled();
        }
        fail(7);
        assertThat(state()).isEqualTo(State.OK);
    }

    @Test
    void staysClosedWhenFewOfManyFail() {
        for (int request = 0; request < 20; request++) {
            free.call(null, "", "GET", "/x").answered();
        }
        fail(15);
        assertThat(state()).isEqualTo(State.OK);
    }

    @Test
    void nothingIsSentWhileItIsPausedAndAllGoesOnWhenItIsBack() {
        // Given
        free.pause("401");
        assertThat(free.take(wish("one", Lane.OPEN))).isFalse();
        assertThat(availability.names()).containsExactly("free");
        assertThat(state()).isEqualTo(State.PAUSED);
        assertThat(free.status().words()).isEqualTo("401");
        afterSeconds(3600);
        assertThat(look()).isEmpty();

        // When
        free.accepted();
        availability.of("limited").accepted();

        // Then
        assertThat(recovered).containsExactly("free");
        assertThat(look()).containsExactly("one");
        assertThat(state()).isEqualTo(State.OK);
    }

    /** Neither another platform's wait nor its own ends with a pause. */
    @Test
    void resumingOnePlatformEndsNoWaitThatAVendorAskedFor() {
        // Given
        availability.of("limited").hold("open/incident", Duration.ofSeconds(40), false, "503");
        free.hold("open/incident", Duration.ofSeconds(30), false, "503");
        free.pause("401");

        // When
        availability.accepted("free");

        // Then
        assertThat(availability.of("limited").isAway()).isTrue();
        assertThat(state()).isEqualTo(State.HELD);
        afterSeconds(31);
        assertThat(free.isAway()).isFalse();
        assertThat(availability.of("limited").isAway()).isTrue();
    }

    @Test
    void isLeftAloneForAsLongAsItAsks() {
        // When
        free.hold("open/incident", Duration.ofSeconds(4), false, "503: maintenance");
        free.hold("open/incident", Duration.ofSeconds(2), false, "503: maintenance");

        // Then
        assertThat(free.take(wish("one", Lane.OPEN_P1))).isFalse();
        assertThat(state()).isEqualTo(State.HELD);
        after(Duration.ofMillis(3_900));
        assertThat(look()).isEmpty();
        after(Duration.ofMillis(100));
        assertThat(look()).containsExactly("one");
    }

    /** A filter may answer its text so, and nothing else. */
    @Test
    void isNotBrokenForOneIncidentThatFailsAgainAndAgain() {
        // When
        for (int request = 0; request < 20; request++) {
            free.call(null, "", "POST", "/x").failed("fx-hostile");
            afterSeconds(1);
        }

        // Then
        assertThat(state()).isEqualTo(State.OK);

        // When others fail too
        for (int incident = 0; incident < 6; incident++) {
            free.call(null, "", "POST", "/x").failed("fx-" + incident);
        }

        // Then
        assertThat(state()).isEqualTo(State.BROKEN);
    }

    /** Several texts that filters answer with 503 are no outage, and nobody else is to wait for them. */
    @Test
    void isCalledAgainAtOnceWhereItsProbeIsAnsweredAndIsNotBrokenBySameIncidentsAgain() {
        // Given
        failOf("fx-", 8);
        assertThat(free.asksProbe()).isTrue();
        assertThat(free.asksProbe()).isFalse();
        assertThat(state()).isEqualTo(State.BROKEN);
        assertThat(free.take(wish("waits", Lane.OPEN_P1))).isFalse();

        // When
        free.accepted();

        // Then
        assertThat(state()).isEqualTo(State.LIMITED);
        assertThat(look()).containsExactly("waits");
        failOf("fx-", 8);
        assertThat(state()).isEqualTo(State.OK);
        assertThat(free.asksProbe()).isFalse();
    }

    /** Where more and more incidents fail, whatever the probe says, it is left alone. */
    @Test
    void staysBrokenWhereTooManyIncidentsFailThoughItsProbeIsAnswered() {
        // Given
        for (int time = 1; time <= 2; time++) {
            failOf("fx-" + time + "-", 8);
            assertThat(free.asksProbe()).isTrue();
            free.accepted();
            assertThat(state()).isEqualTo(State.OK);
        }

        // When
        failOf("fx-3-", 8);
        assertThat(free.asksProbe()).isFalse();
        free.accepted();

        // Then
        assertThat(state()).isEqualTo(State.BROKEN);
    }

    /** A probe that was answered before, or for something else, proves nothing. */
    @Test
    void staysBrokenWhereTheProbeWasAnsweredBefore() {
        free.accepted();
        failOf("fx-", 8);
        free.accepted();
        assertThat(state()).isEqualTo(State.BROKEN);
    }

    private void failOf(String prefix, int incidents) {
        for (int incident = 0; incident < incidents; incident++) {
            free.call(null, "", "POST", "/x").failed(prefix + incident);
        }
    }

    /** Once it is broken, it must not be taken for well because the failures of those that try are left out. */
    @Test
    void staysBrokenWhereTheSameIncidentsFailAgainWhenTheyTry() {
        // Given
        for (int request = 0; request < 8; request++) {
            free.call(null, "", "POST", "/x").failed("tries-" + request % 4);
        }
        assertThat(state()).isEqualTo(State.BROKEN);
        for (int incident = 0; incident < 3; incident++) {
            free.take(wish("tries-" + incident, Lane.OPEN));
        }
        afterSeconds(7);
        look();

        // When
        for (int incident = 0; incident < 3; incident++) {
            var wish = wish("tries-" + incident, Lane.OPEN);
            free.call(free.begin(wish.key()), wish.kind(), "POST", "/x").failed("tries-" + incident);
        }

        // Then
        assertThat(state()).isEqualTo(State.BROKEN);
    }

    /** A filter may answer one text with 429 or 503 and Retry-After, each time. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isHeldOnceForOneIncidentThatIsAskedToWaitAgainAndAgain(boolean isThrottled) {
        // Given
        free.hold("fx-hostile", "open/incident", MINUTE, isThrottled, "busy");
        assertThat(state()).isEqualTo(State.HELD);
        after(MINUTE);

        // When
        free.hold("fx-hostile", "open/incident", MINUTE, isThrottled, "busy");

        // Then
        assertThat(state()).isEqualTo(State.OK);

        // When another one is asked to wait
        free.hold("fx-other", "open/incident", MINUTE, isThrottled, "busy");

        // Then
        assertThat(state()).isEqualTo(State.HELD);

        // When the first is still so an hour later
        after(Duration.ofHours(1));
        free.hold("fx-hostile", "open/incident", MINUTE, isThrottled, "busy");

        // Then
        assertThat(state()).isEqualTo(State.HELD);
    }

    /** What is for no incident, as a poll, is not told apart. */
    @Test
    void isHeldEachTimeForWhatBelongsToNoIncident() {
        for (int request = 0; request < 3; request++) {
            free.hold("poll/incidents", MINUTE, true, "busy");
            assertThat(state()).isEqualTo(State.HELD);
            after(MINUTE);
        }
    }

    private void fail(int times) {
        for (int request = 0; request < times; request++) {
            free.call(null, "", "GET", "/x").failed();
        }
    }

    private State state() {
        return free.status().state();
    }
}
