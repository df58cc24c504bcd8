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

    private static final Duration KEPT_AT_LEAST = Duration.ofHours(1);

    private enum State {
        /** Made by this process, its call not begun. */
        FRESH,
        /** Made by this process, and no call for it will ever begin. */
        WITHDRAWN,
        /** Begun by this process, or made by another. */
        BEGUN
    }

    private record Seen(long nanos, State state, boolean followsUnknown) {
        Seen in(State next) {
            return new Seen(nanos, next, followsUnknown);
        }
    }

    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final Duration kept;

    /**
     * A clock.
     *
     * @param longestWait the longest time that anybody counts by it
     */
    public AttemptClock(Duration longestWait) {
        this(System::nanoTime, longestWait);
    }

    AttemptClock(LongSupplier nanoTime, Duration longestWait) {
        this.nanoTime = nanoTime;
        var twice = longestWait.multipliedBy(2);
        kept = twice.compareTo(KEPT_AT_LEAST) > 0 ? twice : KEPT_AT_LEAST;
    }

    /** This process is about to make the attempt. */
    public void own(Attempt attempt) {
        seen.put(attempt.token(), new Seen(nanoTime.getAsLong(), State.FRESH, false));
    }

    /** An attempt of this process follows one whose outcome is unknown, which the record no longer shows. */
    void followUnknown(Attempt attempt) {
        seen.computeIfPresent(attempt.token(), (token, own) -> new Seen(own.nanos(), own.state(), true));
    }

    /** Whether one of unknown outcome came before it: then what stands is read before anything is written. */
    boolean followsUnknown(Attempt attempt) {
        var known = seen.get(attempt.token());
        return known != null && known.followsUnknown();
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
     * it takes the work over would wait twice. Nothing else starts it, so that planning changes nothing.
     */
    public void see(String token) {
        seen.computeIfAbsent(token, unseen -> now());
    }

    /** What has not been seen is judged as if it were seen at this moment. */
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
        var first = firstSeen(token).nanos();
        return Duration.ofNanos(nanoTime.getAsLong() - first);
    }

    /** How much time is left of the attempt's deadline; never negative. */
    public Duration left(Attempt attempt) {
        var left = Duration.ofMillis(attempt.deadlineMillis()).minus(age(attempt));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Forgets what is long over: what is forgotten while somebody still waits for it would be counted from the start. */
    public void prune() {
        var horizon = nanoTime.getAsLong() - kept.toNanos();
        seen.values().removeIf(first -> first.nanos() - horizon < 0);
    }

    private Seen firstSeen(String token) {
        var first = seen.get(token);
        return first == null ? now() : first;
    }

    /** Made by another hub, or by this one before it was restarted. */
    private Seen now() {
        return new Seen(nanoTime.getAsLong(), State.BEGUN, false);
    }
}
