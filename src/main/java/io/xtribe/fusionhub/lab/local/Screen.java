package io.xtribe.fusionhub.lab.local;

import java.io.PrintStream;
import java.util.Locale;

/** What a command says while it works: plain lines, of which a long step's ends with how long it took. */
public final class Screen {
    private static final int STEP_WIDTH = 26;

    private final PrintStream out;
    private boolean lineIsOpen;

    public Screen(PrintStream out) {
        this.out = out;
    }

    /** A step under way; its line is completed by {@link #done}. */
    public final class Step {
        private final long start = System.nanoTime();

        public void done(String result, String remark) {
            String elapsed = String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
            finish((result + " after " + elapsed + "   " + remark).stripTrailing());
        }
    }

    /** Begins a line that says what is being done. */
    public synchronized Step step(String doing) {
        closeLine();
        out.print(pad(doing + " ..."));
        out.flush();
        lineIsOpen = true;
        return new Step();
    }

    public synchronized void say(String text) {
        closeLine();
        out.println(text);
        out.flush();
    }

    private synchronized void finish(String result) {
        if (!lineIsOpen) {
            out.print(pad(""));
        }
        lineIsOpen = false;
        out.println(result);
        out.flush();
    }

    private void closeLine() {
        if (lineIsOpen) {
            lineIsOpen = false;
            out.println();
        }
    }

    private static String pad(String text) {
        return String.format("%-" + STEP_WIDTH + "s ", text);
    }
}
