package io.xtribe.fusionhub.demo;

import java.io.IOException;
import java.time.Duration;

/** Waits for something to become true. */
final class Patience {
    private static final long PAUSE_MILLIS = 50;

    private final long end;

    private Patience(Duration limit) {
        end = System.nanoTime() + limit.toNanos();
    }

    /** Something that may hold by now; a failed call means that it does not hold yet. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException, DemoFailure;
    }

    /** The time runs from now, over all waits together. */
    static Patience of(Duration limit) {
        return new Patience(limit);
    }

    /** Returns whether the condition held in time; it is looked at once at least. */
    boolean until(Condition condition) throws InterruptedException, DemoFailure {
        while (true) {
            try {
                if (condition.holds()) {
                    return true;
                }
            } catch (IOException notYet) {
                // Asked again below.
            }
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
