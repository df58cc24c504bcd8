package io.xtribe.fusionhub.platform.availability;

import java.util.List;

/**
 * The right of one step to make its first call: what the call spends is set aside. Guarded by the lock of its platform's
 * {@link PlatformAvailability}. Further calls of the step need none, since a step that has begun does not wait.
 */
public final class Permit {

    private final PlatformAvailability platform;
    private final List<Budget> budgets;
    private final long until;
    private boolean isOver;

    Permit(PlatformAvailability platform, List<Budget> budgets, long until) {
        this.platform = platform;
        this.budgets = budgets;
        this.until = until;
    }

    /** The step is over: what it has not used is given back. */
    public void close() {
        platform.giveBack(this);
    }

    List<Budget> budgets() {
        return budgets;
    }

    boolean isLate(long now) {
        return until - now < 0;
    }

    /** True once: for whoever uses it, or gives it back. */
    boolean end() {
        var mine = !isOver;
        isOver = true;
        return mine;
    }
}
