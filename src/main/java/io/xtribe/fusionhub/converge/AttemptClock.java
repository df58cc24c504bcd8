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
        /** Made by this process, its call not begun; or withdrawn, so that no call will begin. */
        FRESH,
        /** The call may be under way. */
        LIVE,
        /** The call is over, its outcome unknown. */
        OVER
    }

    private static final Duration FORGET_AFTER = Duration.ofHours(1);

    private enum State {
        /** Made by this process, its call not begun. */
        FRESH,
        /** Made by this process, and no call for it will ever begin. */
        WITHDRAWN,
        /** Begun by this process, or made by another. */
        BEGUN
    }

    private record Seen(long nanos, State state) {
        Seen in(State next) {
            return new Seen(nanos, next);
        }
    }

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
        seen.put(attempt.token(), new Seen(nanoTime.getAsLong(), State.FRESH));
    }

    /** Begins an attempt's call; true for one caller only, and only for a fresh attempt. */
    public boolean begin(Attempt attempt) {
        return leave(attempt, State.BEGUN);
    }

    /** Makes sure that no call for this attempt begins here any more; false when it may have begun already. */
    boolean withdraw(Attempt attempt) {
        if (leave(attempt, State.WITHDRAWN)) {
            return true;
        }
        var current = seen.get(attempt.token());
        return current != null && current.state() == State.WITHDRAWN;
    }

    private boolean leave(Attempt attempt, State next) {
        var current = seen.get(attempt.token());
        return current != null
                && current.state() == State.FRESH
                && seen.replace(attempt.token(), current, current.in(next));
    }

    /**
     * An attempt stands in a record that was just seen. From now on its time runs: a hub that began to count only when
     * it takes the work over would wait twice.
     */
    public void see(String token) {
        seen.computeIfAbsent(token, unseen -> new Seen(nanoTime.getAsLong(), State.BEGUN));
    }

    public Judgement judge(Attempt attempt) {
        if (attempt.uncertain()) {
            return Judgement.OVER;
        }
        if (firstSeen(attempt.token()).state() != State.BEGUN) {
            return Judgement.FRESH;
        }
        return age(attempt).toMillis() < attempt.deadlineMillis() ? Judgement.LIVE : Judgement.OVER;
    }

    /** Whether an attempt whose call has not begun must be made anew: it was withdrawn, or has waited too long. */
    boolean isStale(Attempt attempt) {
        return judge(attempt) == Judgement.FRESH
                && (firstSeen(attempt.token()).state() == State.WITHDRAWN
                        || left(attempt).toMillis() < attempt.deadlineMillis() / 2);
    }

    /** How long this process has known the attempt. */
    public Duration age(Attempt attempt) {
        return age(attempt.token());
    }

    /** How long this process has known what the token names. */
    Duration age(String token) {
        return Duration.ofNanos(nanoTime.getAsLong() - firstSeen(token).nanos());
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

    private Seen firstSeen(String token) {
        return seen.computeIfAbsent(token, unseen -> new Seen(nanoTime.getAsLong(), State.BEGUN));
    }
}
