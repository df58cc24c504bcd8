package io.xtribe.fusionhub.lab.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A process that this one has started.
 *
 * @param name what people call it
 * @param log where its output goes
 */
public record Child(String name, Process process, Path log) {
    private static final int MOST_LINES = 8;
    private static final int LONGEST = 400;
    private static final Pattern FRAME = Pattern.compile("\\s+at |\\s+\\.\\.\\. \\d+ more");

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it said last, without stack traces: a few lines for a failure's message, and where the whole log is. */
    public String lastWords() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !FRAME.matcher(line).lookingAt())
                    .map(line -> line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...")
                    .toList();
            return String.join(
                            System.lineSeparator(), lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()))
                    + System.lineSeparator() + "The whole log: " + log;
        } catch (IOException e) {
            return "Its log cannot be read: " + e;
        }
    }

    /** Asks it to end; kills it when it has not by then. Returns whether it ended by itself. */
    public boolean stop(Duration grace) {
        process.destroy();
        if (endsWithin(grace)) {
            return true;
        }
        process.destroyForcibly();
        endsWithin(grace);
        return false;
    }

    /** An interrupt does not end the wait, because nothing may be left behind; it is passed on afterwards. */
    private boolean endsWithin(Duration time) {
        boolean interrupted = false;
        long end = System.nanoTime() + time.toNanos();
        try {
            while (true) {
                try {
                    return process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
