package io.xtribe.fusionhub.intake;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.jboss.logging.Logger;

/** Warnings that may come by the thousand: one a minute is written, which says how many were not. */
final class RareLog {

    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong unsaid = new AtomicLong();

    RareLog(Logger log) {
        this.log = log;
    }

    void warn(String line) {
        var now = System.nanoTime();
        var due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + PAUSE)) {
            unsaid.incrementAndGet();
            return;
        }
        var others = unsaid.getAndSet(0);
        log.warn(others == 0 ? line : line + " (and " + others + " others in the last minutes)");
    }
}
