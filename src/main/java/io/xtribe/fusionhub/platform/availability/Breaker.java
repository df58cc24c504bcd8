package io.xtribe.fusionhub.platform.availability;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;

/**
 * Leaves a platform alone that does not answer, or answers that it cannot: open, it lets nothing through; after a wait, which
 * doubles from try to try, a few steps; and when most of these succeed, everything.
 */
final class Breaker {

    /** How long outcomes are counted. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** From how many outcomes on they say something, and how many percent of failures are too many. */
    private static final int FEWEST = 8;

    private static final int TOO_MANY_PERCENT = 50;
    /** Steps that are let through to try. */
    private static final int PROBES = 3;
    /** Steps that tell nothing for so long will tell nothing any more. */
    private static final Duration LONGEST_PROBE = Duration.ofMinutes(1);

    private static final RuntimeException FAILED = new IllegalStateException("the call failed");

    private final CircuitBreaker breaker;
    private final LongSupplier nanoTime;
    private volatile long openUntil;
    private volatile long probingSince;

    /**
     * A closed breaker.
     *
     * @param firstWait the first wait after it has opened
     * @param longestWait no wait is longer
     * @param onChange told after each change of state
     */
    Breaker(
            String platform,
            LongSupplier nanoTime,
            Duration firstWait,
            Duration longestWait,
            BiConsumer<State, State> onChange) {
        this.nanoTime = nanoTime;
        var waits = IntervalFunction.ofExponentialRandomBackoff(firstWait, 2, 0.2, longestWait);
        var config = CircuitBreakerConfig.custom()
                .clock(new Nanos(nanoTime))
                .currentTimestampFunction(clock -> nanoTime.getAsLong(), TimeUnit.NANOSECONDS)
                .slidingWindow(
                        (int) WINDOW.toSeconds(),
                        FEWEST,
                        SlidingWindowType.TIME_BASED,
                        SlidingWindowSynchronizationStrategy.SYNCHRONIZED)
                .failureRateThreshold(TOO_MANY_PERCENT)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .waitIntervalFunctionInOpenState(attempt -> {
                    var millis = waits.apply(attempt);
                    openUntil = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis);
                    return millis;
                })
                .writableStackTraceEnabled(false)
                .build();
        breaker = CircuitBreaker.of(platform, config);
        breaker.getEventPublisher().onStateTransition(event -> {
            var transition = event.getStateTransition();
            if (transition.getToState() == State.HALF_OPEN) {
                probingSince = nanoTime.getAsLong();
            }
            onChange.accept(transition.getFromState(), transition.getToState());
        });
    }

    State state() {
        return breaker.getState();
    }

    /** How long nothing is let through; zero when steps may try. */
    Duration untilTry() {
        if (breaker.getState() != State.OPEN) {
            return Duration.ZERO;
        }
        var time = openUntil - nanoTime.getAsLong();
        return time > 0 ? Duration.ofNanos(time) : Duration.ZERO;
    }

    /** Lets a step through, or not. A step that is let through and makes no call must be {@link #released}. */
    boolean letsThrough() {
        return breaker.tryAcquirePermission();
    }

    void released() {
        breaker.releasePermission();
    }

    void succeeded() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    void failed() {
        breaker.onError(0, TimeUnit.NANOSECONDS, FAILED);
    }

    /** Lets everything through again; what has failed before is forgotten. */
    void close() {
        breaker.transitionToClosedState();
    }

    /** Opens again when the steps that were let through have told nothing. */
    void look() {
        if (breaker.getState() == State.HALF_OPEN && nanoTime.getAsLong() - probingSince > LONGEST_PROBE.toNanos()) {
            breaker.transitionToOpenState();
        }
    }

    /** The monotonic clock, in the form that the library asks for. */
    private static final class Nanos extends Clock {
        private final LongSupplier nanoTime;

        Nanos(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanoTime.getAsLong());
        }
    }
}
