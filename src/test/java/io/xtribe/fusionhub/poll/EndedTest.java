package io.xtribe.fusionhub.poll;

import java.time.Duration;
import java.time.Instant;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** When the records of an incident that is over are looked at again. */
class EndedTest {

    private static final Instant OVER = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration RECENT = Duration.ofMinutes(4);

    private static boolean isLookedAt(Duration before, Duration now) {
        return new Ended(RECENT, OVER.plus(before), OVER.plus(now)).areLookedAt(OVER);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,PT1M,true",
        "PT2M,PT3M59S,true",
        "PT3M59S,PT4M59S,true",
        "PT4M59S,PT5M59S,false",
        "PT7M30S,PT8M30S,true",
        "PT8M30S,PT9M30S,false",
        "PT15M30S,PT16M,true",
        "PT1H3M30S,PT1H4M30S,true",
        "PT1H4M30S,PT2H7M,false"
    })
    void eachRoundAtFirstAndThenWheneverItsAgeHasDoubled(Duration before, Duration now, boolean isLookedAt) {
        assertThat(isLookedAt(before, now)).isEqualTo(isLookedAt);
    }

    @Test
    void aHubThatWasDownLooksAtWhatItHasMissed() {
        assertThat(isLookedAt(Duration.ofMinutes(-10), Duration.ofHours(9))).isTrue();
    }

    @Test
    void whatHasJustEndedIsLookedAtInTheFirstRoundToo() {
        var first = new Ended(RECENT, null, OVER.plusSeconds(60));

        assertThat(first.areLookedAt(OVER)).isTrue();
        assertThat(first.areLookedAt(OVER.minus(Duration.ofDays(1)))).isFalse();
    }

    /** A hub's clock may be behind that of another hub, which has ended the round before. */
    @Test
    void aRoundBeforeThatBeganLaterIsNoTrouble() {
        assertThat(isLookedAt(Duration.ofHours(2), Duration.ofHours(1))).isFalse();
        assertThat(isLookedAt(Duration.ofHours(2), Duration.ofSeconds(-5))).isTrue();
    }

    /** Whatever the interval is and when rounds begin: a change is found before the incident has been over for twice as long, and a round. */
    @Property
    void aChangeIsFoundWithinAsLongAsItHadBeenOver(
            @ForAll @LongRange(min = 240, max = 100_000) long changedAfter,
            @ForAll @IntRange(min = 1, max = 600) int interval) {
        var found = -1L;
        for (var at = changedAfter - changedAfter % interval; found < 0; at += interval) {
            if (at >= changedAfter && isLookedAt(Duration.ofSeconds(at - interval), Duration.ofSeconds(at))) {
                found = at;
            }
        }
        assertThat(found).isLessThanOrEqualTo(2 * changedAfter + interval);
    }

    /** Of 60,000 rounds, one a minute, few look at it. */
    @Property(tries = 20)
    void itIsReadRarely(@ForAll @IntRange(min = 0, max = 59) int offset) {
        var looks = 0;
        for (var round = 1; round < 60_000; round++) {
            var now = Duration.ofMinutes(round).plusSeconds(offset);
            looks += isLookedAt(now.minusMinutes(1), now) ? 1 : 0;
        }
        assertThat(looks).isBetween(15, 20);
    }
}
