package io.xtribe.fusionhub.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import io.xtribe.fusionhub.incident.Priority;

/**
 * Which new incidents of one source were let through within the last minute, and whether one more may be: arithmetic only, without a
 * clock. Not safe for threads.
 *
 * <p>An incident that is no P1 is let through while fewer than the limit were, of whatever priority; a P1 while fewer P1s were. So a storm
 * of lesser ones holds no P1 back, and never are more than twice the limit let through within a minute.
 */
final class StormWindow {

    /** How far back is counted. */
    static final Duration LENGTH = Duration.ofMinutes(1);

    private record Passed(String id, boolean isP1, long nanos) {}

    private final Deque<Passed> passed = new ArrayDeque<>();
    private final Map<String, Passed> byId = new HashMap<>();
    private int p1s;

    /**
     * Whether this incident may be let through; if so, it is counted. One that was counted already, as when its signal is delivered
     * again, may be, and is not counted twice.
     *
     * @param limit how many may be within a minute, at least 1
     * @param nanos the time, by a monotonic clock
     */
    boolean admits(String id, Priority priority, int limit, long nanos) {
        var may = mayPass(id, priority, limit, nanos);
        if (may && !byId.containsKey(id)) {
            var one = new Passed(id, priority == Priority.P1, nanos);
            passed.addLast(one);
            count(one);
        }
        return may;
    }

    /** The same, and nothing is counted. */
    boolean mayPass(String id, Priority priority, int limit, long nanos) {
        forget(nanos);
        return byId.containsKey(id) || (priority == Priority.P1 ? p1s : passed.size()) < limit;
    }

    /** Counts one that was let through before all others that are counted: of several the latest is told first. */
    void passedBefore(String id, Priority priority, long nanos) {
        if (!byId.containsKey(id)) {
            var one = new Passed(id, priority == Priority.P1, nanos);
            passed.addFirst(one);
            count(one);
        }
    }

    private void count(Passed one) {
        byId.put(one.id(), one);
        p1s += one.isP1() ? 1 : 0;
    }

    private void forget(long nanos) {
        for (var first = passed.peekFirst();
                first != null && nanos - first.nanos() >= LENGTH.toNanos();
                first = passed.peekFirst()) {
            passed.removeFirst();
            byId.remove(first.id());
            p1s -= first.isP1() ? 1 : 0;
        }
    }
}
