package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.platform.availability.PlatformStatus.State;

import static org.assertj.core.api.Assertions.assertThat;

/** A platform that somebody has paused by hand. */
class OperatorPauseTest extends AvailabilityFixture {

    private static final OperatorPause PAUSE = new OperatorPause("jane", "their upgrade", Instant.EPOCH);

    private final PlatformAvailability free = availability.of("free");

    @Test
    void saysForHowLongTheOldestOfEachLaneWaits() {
        // Given
        var platform = availability.of("free");
        assertThat(platform.status().lag()).isZero();
        platform.pause("refused");
        platform.take(wish("one", Lane.LINKS));
        afterSeconds(10);
        platform.take(wish("two", Lane.LINKS));
        platform.take(wish("three", Lane.STATUS));
        afterSeconds(2);

        // When: it has become more urgent, and has waited as long as before
        platform.take(wish("one", Lane.STATUS));

        // Then
        assertThat(platform.status().lagMillis()).isEqualTo(Map.of("links", 2_000L, "status", 12_000L));
        assertThat(platform.status().lag()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void keepsWhatWaitsSaysWhyAndGoesOnWhenItIsResumed() {
        // Given
        availability.pause("free", PAUSE);

        // When
        assertThat(free.take(wish("one", Lane.OPEN_P1))).isFalse();

        // Then
        assertThat(look()).isEmpty();
        assertThat(free.isAway()).isTrue();
        assertThat(free.status())
                .returns(State.PAUSED, PlatformStatus::state)
                .returns("jane", PlatformStatus::pausedBy)
                .returns("paused by hand, by jane: their upgrade", PlatformStatus::words)
                .returns(Instant.EPOCH, PlatformStatus::since)
                .returns(1, PlatformStatus::waiting);
        assertThat(availability.of("limited").take(wish("one", Lane.OPEN_P1))).isTrue();

        availability.resume("free");
        assertThat(recovered).containsExactly("free");
        assertThat(look()).containsExactly("one");
        assertThat(free.status().pausedBy()).isNull();
    }

    /** A pass that was told it may begin, and has not, is put on the list again. */
    @Test
    void takesBackPermitsThatWereSetAside() {
        // Given
        var wish = wish("one", Lane.OPEN);
        assertThat(free.take(wish)).isTrue();

        // When
        availability.pause("free", PAUSE);

        // Then
        assertThat(free.take(wish)).isFalse();
        availability.resume("free");
        assertThat(look()).containsExactly("one");
    }

    @Test
    void isNotProbedEvenWhereItRefusesOurAccountAndStaysPausedForThatAfterwards() {
        // Given
        var resumed = new ArrayList<String>();
        availability.whenResumed(resumed::add);
        free.pause("401");

        // When
        availability.pause("free", PAUSE);
        assertThat(availability.names()).isEmpty();
        availability.resume("free");

        // Then
        assertThat(availability.names()).containsExactly("free");
        assertThat(free.status()).returns(State.PAUSED, PlatformStatus::state).returns("401", PlatformStatus::words);
        assertThat(recovered).isEmpty();
        assertThat(resumed).isEqualTo(List.of("free"));
        availability.accepted("free");
        assertThat(recovered).containsExactly("free");
    }

    @Test
    void pausesAreKnownUnlessAProcessSaysThatItHasJustBegun() {
        assertThat(availability.knowsPauses()).isTrue();
        availability.pausesUnknown();
        assertThat(availability.knowsPauses()).isFalse();
        availability.pausesKnown();
        after(Duration.ZERO);
        assertThat(availability.knowsPauses()).isTrue();
    }
}
