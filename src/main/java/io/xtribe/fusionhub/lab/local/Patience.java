package io.xtribe.fusionhub.lab.local;

import java.io.IOException;
import java.time.Duration;

/** Waits for something to become true. */
public final class Patience {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final long end;
    private final Duration pause;

    private Patience(Duration limit, Duration pause) {
        this.end = System.nanoTime() + limit.toNanos();
        this.pause = pause;
    }

    /** Something that may hold by now; a failed call means that it does not hold yet. */
    public interface Condition {
        boolean holds() throws IOException, InterruptedException, LocalFailure;
    }

    /** The time runs from now, over all waits together. */
    public static Patience of(Duration limit) {
        return of(limit, PAUSE);
    }

    /** The same, looking less often. */
    public static Patience of(Duration limit, Duration pause) {
        return new Patience(limit, pause);
    }

    /** Returns whether the condition held in time; it is looked at once at least. */
    public boolean until(Condition condition) throws InterruptedException, LocalFailure {
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
            Thread.sleep(pause.toMillis());
        }
    }
}
