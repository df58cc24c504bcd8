package io.xtribe.fusionhub.job;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says on standard error how far a job has come: on a terminal a bar with rate and time left, several times a second; else a plain
 * line every few seconds. Safe for several threads.
 */
final class Progress {

    private static final Duration BAR_EVERY = Duration.ofMillis(200);
    private static final Duration LINE_EVERY = Duration.ofSeconds(5);
    private static final int WIDTH = 30;

    private final PrintStream out;
    private final String style;
    private final LongSupplier nanoTime;
    private final long every;
    private String what = "";
    private long total;
    private long done;
    private long began;
    private long shown;
    private boolean onBar;

    /** @param style {@code bar}, {@code lines} or {@code none} */
    Progress(PrintStream out, String style, LongSupplier nanoTime) {
        this.out = out;
        this.style = style;
        this.nanoTime = nanoTime;
        this.every = (style.equals("bar") ? BAR_EVERY : LINE_EVERY).toNanos();
    }

    /**
     * A new stretch of work.
     *
     * @param total how much there is to do; 0 when that is not known
     */
    synchronized void begin(String name, long howMuch) {
        endBar();
        what = name;
        total = howMuch;
        done = 0;
        began = nanoTime.getAsLong();
        shown = began - every;
        show();
    }

    /** The stretch under way has become longer. */
    synchronized void further(long more) {
        total += more;
    }

    synchronized void done(long more) {
        done += more;
        show();
    }

    /** A line of its own. */
    synchronized void say(String text) {
        if (!style.equals("none")) {
            endBar();
            out.println(text);
        }
    }

    synchronized void end() {
        shown = nanoTime.getAsLong() - every;
        show();
        endBar();
    }

    private void show() {
        var now = nanoTime.getAsLong();
        if (style.equals("none") || what.isEmpty() || now - shown < every) {
            return;
        }
        shown = now;
        if (style.equals("bar")) {
            out.print("\r" + bar() + text(now) + "   ");
            out.flush();
            onBar = true;
        } else {
            out.println(text(now));
        }
    }

    private String bar() {
        if (total == 0) {
            return "";
        }
        var filled = (int) Math.min(WIDTH, WIDTH * done / total);
        return "[" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] ";
    }

    private String text(long now) {
        var seconds = (now - began) / 1e9;
        var rate = seconds < 1 ? 0 : done / seconds;
        var text = what + ": " + done + (total == 0 ? "" : " of " + total);
        if (rate > 0) {
            text += ", %.0f/s".formatted(rate);
            if (total > done) {
                text += ", %.0f s left".formatted((total - done) / rate);
            }
        }
        return text;
    }

    private void endBar() {
        if (onBar) {
            out.println();
            onBar = false;
        }
    }
}
