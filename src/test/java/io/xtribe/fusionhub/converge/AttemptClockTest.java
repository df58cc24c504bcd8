package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.converge.AttemptClock.Judgement;
import io.xtribe.fusionhub.incident.Attempt;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptClockTest {

    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final AttemptClock clock = new AttemptClock(nanos::get, Duration.ofMinutes(5));
    private final Attempt attempt = new Attempt("t1", null, 30_000, "some hub", Instant.EPOCH, false);

    @Test
    void callsItsOwnAttemptFreshUntilItsCallBegins() {
        // Given
        clock.own(attempt);
        after(Duration.ofMinutes(2));

        // Then
        assertThat(clock.judge(attempt)).isEqualTo(Judgement.FRESH);
        assertThat(clock.begin(attempt)).isTrue();
        assertThat(clock.judge(attempt)).isNotEqualTo(Judgement.FRESH);
        assertThat(clock.begin(attempt)).isFalse();
    }

    @Test
    void countsTheDeadlineFromWhenTheAttemptWasMade() {
        // Given
        clock.own(attempt);
        clock.begin(attempt);

        // Then
        after(Duration.ofMillis(29_999));
        assertThat(clock.judge(attempt)).isEqualTo(Judgement.LIVE);
        assertThat(clock.left(attempt)).isEqualTo(Duration.ofMillis(1));
        after(Duration.ofMillis(1));
        assertThat(clock.judge(attempt)).isEqualTo(Judgement.OVER);
        assertThat(clock.left(attempt)).isZero();
    }

    @Test
    void countsAForeignAttemptFromWhenItWasFirstSeenWhateverItsTimeSays() {
        // Given
        clock.see(attempt.token());

        // Then
        assertThat(clock.judge(attempt)).isEqualTo(Judgement.LIVE);
        assertThat(clock.begin(attempt)).isFalse();
        after(Duration.ofSeconds(30));
        assertThat(clock.judge(attempt)).isEqualTo(Judgement.OVER);
    }

    /** Or a plan that is only explained, or planned for a test, would start the time of a call. */
    @Test
    void startsNoTimeByJudging() {
        // When
        clock.judge(attempt);
        clock.left(attempt);
        after(Duration.ofMinutes(1));

        // Then
        assertThat(clock.judge(attempt)).isEqualTo(Judgement.LIVE);
        assertThat(clock.age(attempt)).isZero();
    }

    @Test
    void callsWhatEndedWithoutAnAnswerOverAtOnce() {
        // Given
        clock.own(attempt);

        // Then
        assertThat(clock.judge(attempt.asUncertain())).isEqualTo(Judgement.OVER);
    }

    @Test
    void neverBeginsWhatItDoesNotKnow() {
        assertThat(clock.begin(attempt)).isFalse();
    }

    @Test
    void letsOneCallerOnlyBegin() throws InterruptedException {
        // Given
        clock.own(attempt);
        var started = new AtomicLong();
        var together = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(8);

        // When
        IntStream.range(0, 8)
                .forEach(thread -> threads.submit(() -> {
                    together.await();
                    if (clock.begin(attempt)) {
                        started.incrementAndGet();
                    }
                    return null;
                }));
        together.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(5, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();

        // Then
        assertThat(started).hasValue(1);
    }

    @Test
    void forgetsAfterAnHourAndStartsToCountAnew() {
        // Given
        clock.own(attempt);
        after(Duration.ofMinutes(59));
        clock.prune();
        assertThat(clock.judge(attempt)).isEqualTo(Judgement.FRESH);

        // When
        after(Duration.ofMinutes(2));
        clock.prune();

        // Then
        assertThat(clock.judge(attempt)).isEqualTo(Judgement.LIVE);
        assertThat(clock.age(attempt)).isZero();
    }

    /** A search that is due after two hours would else begin to count anew each hour. */
    @Test
    void keepsWhatIsWaitedForLonger() {
        // Given
        var patient = new AttemptClock(nanos::get, Duration.ofHours(2));
        patient.see("later");

        // When
        after(Duration.ofMinutes(121));
        patient.prune();

        // Then
        assertThat(patient.age("later")).isEqualTo(Duration.ofMinutes(121));
    }

    private void after(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
