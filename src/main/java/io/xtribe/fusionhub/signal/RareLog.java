package io.xtribe.fusionhub.signal;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

/**
 * Limits how often a log line is written that may occur thousands of times; each line that is written says how many were left
 * out. Use one instance for each sentence: an instance counts all its lines together.
 */
public final class RareLog {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Logger log;
    private final long pause;
    private final LongSupplier nanoTime;
    private long next;
    private long leftOut;

    /** Writes one line a minute. */
    public RareLog(Logger log) {
        this(log, MINUTE, System::nanoTime);
    }

    /** Writes one line in each such time. */
    public RareLog(Logger log, Duration pause, LongSupplier nanoTime) {
        this.log = log;
        this.pause = pause.toNanos();
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** One that writes nothing, for what is only tried out. */
    public static RareLog silent() {
        return new RareLog(null);
    }

    /** As a warning. */
    public void warn(String line) {
        say(Logger.Level.WARN, line);
    }

    /** As an error. */
    public void error(String line) {
        say(Logger.Level.ERROR, line);
    }

    private void say(Logger.Level level, String line) {
        if (log == null) {
            return;
        }
        var others = othersIfDue();
        if (others >= 0) {
            log.log(level, others == 0 ? line : line + " (and " + others + " more since this was last said)");
        }
    }

    /** How many lines were left out since the last one, or -1 while this one has to be left out too. */
    private synchronized long othersIfDue() {
        var now = nanoTime.getAsLong();
        if (now - next < 0) {
            leftOut++;
            return -1;
        }
        next = now + pause;
        var others = leftOut;
        leftOut = 0;
        return others;
    }
}
