package io.xtribe.fusionhub.platform.availability;

import java.util.HashMap;
import java.util.Map;

/**
 * The right of one step to begin: as many calls are set aside as steps of its kind are known to make. Guarded by the lock of
 * its platform's {@link PlatformAvailability}. What the step calls beyond that is spent on top, since a step that has begun
 * does not wait.
 */
public final class Permit implements AutoCloseable {

    private final PlatformAvailability platform;
    private final String kind;
    private final Map<Budget, Integer> unused;
    private final Map<String, Integer> calls = new HashMap<>();
    private long until;

    Permit(PlatformAvailability platform, String kind, Map<Budget, Integer> budgets, long until) {
        this.platform = platform;
        this.kind = kind;
        this.unused = new HashMap<>(budgets);
        this.until = until;
    }

    /** The step is over: what it has not used is given back. */
    @Override
    public void close() {
        platform.giveBack(this);
    }

    String kind() {
        return kind;
    }

    /** Counts a call; returns how many of that endpoint the step has made. */
    int count(String endpoint) {
        return calls.merge(endpoint, 1, Integer::sum);
    }

    /** Whether a call's share of this budget was set aside; it is used by that. */
    boolean pays(Budget budget) {
        var isPaid = unused.containsKey(budget);
        unused.computeIfPresent(budget, (any, left) -> left == 1 ? null : left - 1);
        return isPaid;
    }

    boolean wasForNothing() {
        return calls.isEmpty();
    }

    void until(long time) {
        until = time;
    }

    boolean isLate(long now) {
        return until - now < 0;
    }

    /** What was set aside and is not used; nothing is after that. */
    Map<Budget, Integer> end() {
        var left = Map.copyOf(unused);
        unused.clear();
        return left;
    }
}
