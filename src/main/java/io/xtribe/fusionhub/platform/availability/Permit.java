package io.xtribe.fusionhub.platform.availability;

import java.util.ArrayList;
import java.util.List;

/**
 * The right of one step to begin: a call of each endpoint that steps of its kind are known to call is set aside. Guarded by
 * the lock of its platform's {@link PlatformAvailability}. What the step calls beyond that is spent on top, since a step that
 * has begun does not wait.
 */
public final class Permit {

    private final PlatformAvailability platform;
    private final List<Budget> unused;
    private final long until;
    private boolean isUsed;

    Permit(PlatformAvailability platform, List<Budget> budgets, long until) {
        this.platform = platform;
        this.unused = new ArrayList<>(budgets);
        this.until = until;
    }

    /** The step is over: what it has not used is given back. */
    public void close() {
        platform.giveBack(this);
    }

    /** Whether a call's share of this budget was set aside; it is used by that. */
    boolean pays(Budget budget) {
        isUsed = true;
        return unused.remove(budget);
    }

    /** True once, and only if no call was made under it. */
    boolean wasForNothing() {
        var forNothing = !isUsed;
        isUsed = true;
        return forNothing;
    }

    boolean isLate(long now) {
        return until - now < 0;
    }

    /** What was set aside and is not used; nothing is after that. */
    List<Budget> end() {
        var left = List.copyOf(unused);
        unused.clear();
        return left;
    }
}
