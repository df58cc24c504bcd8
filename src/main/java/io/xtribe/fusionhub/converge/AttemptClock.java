package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.xtribe.fusionhub.incident.Attempt;

/**
 * Judges attempts by this process's own monotonic clock, from when it first saw them. No clocks are compared across
 * hosts: what another hub, or this one before a restart, began is taken for over only after its full deadline.
 */
public final class AttemptClock {

    /** Whether an attempt's call may still be under way. */
    public enum Judgement {
        /** Made by this process, its call not begun. */
        FRESH,
        /** The call may be under way. */
        LIVE,
        /** The call is over, its outcome unknown. */
        OVER
    }

    private static final Duration FORGET_AFTER = Duration.ofHours(1);

    private record Seen(long nanos, boolean fresh) {}

    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    public AttemptClock() {
        this(System::nanoTime);
    }

    AttemptClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** This process is about to make the attempt. */
    public void own(Attempt attempt) {
        seen.put(attempt.token(), new Seen(nanoTime.getAsLong(), true));
    }

    /** Begins an attempt's call; true for one caller only, and only for a fresh attempt. */
    public boolean begin(Attempt attempt) {
        var current = seen.get(attempt.token());
        return current != null
                && current.fresh()
                && seen.replace(attempt.token(), current, new Seen(current.nanos(), false));
    }

    public Judgement judge(Attempt attempt) {
        if (attempt.uncertain()) {
            return Judgement.OVER;
        }
        var first = firstSeen(attempt);
        if (first.fresh()) {
            return Judgement.FRESH;
        }
        return age(attempt).toMillis() < attempt.deadlineMillis() ? Judgement.LIVE : Judgement.OVER;
    }

    /** Whether a fresh attempt has waited so long, for a paused platform, that it had better be made anew. */
    boolean isStale(Attempt attempt) {
        return judge(attempt) == Judgement.FRESH && left(attempt).toMillis() < attempt.deadlineMillis() / 2;
    }

    /** How long this process has known the attempt. */
    public Duration age(Attempt attempt) {
        return Duration.ofNanos(nanoTime.getAsLong() - firstSeen(attempt).nanos());
    }

    /** How much time is left of the attempt's deadline; never negative. */
    public Duration left(Attempt attempt) {
        var left = Duration.ofMillis(attempt.deadlineMillis()).minus(age(attempt));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Forgets what is long over. */
    public void prune() {
        var horizon = nanoTime.getAsLong() - FORGET_AFTER.toNanos();
        seen.values().removeIf(first -> first.nanos() - horizon < 0);
    }

    private Seen firstSeen(Attempt attempt) {
        return seen.computeIfAbsent(attempt.token(), token -> new Seen(nanoTime.getAsLong(), false));
    }
}
