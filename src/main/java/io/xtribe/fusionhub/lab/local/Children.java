package io.xtribe.fusionhub.lab.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The processes that this one has started, and their temporary folder. Closing stops the processes, the last started first, and
 * deletes the folder; it may be called from a shutdown hook while another thread is still starting something.
 */
public final class Children implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(25);

    private final Screen screen;
    private final Path folder;
    private final Watchdog watchdog;
    private final Deque<Child> running = new ArrayDeque<>();
    // In a session of their own they do not get the terminal's Ctrl-C, so that they can be stopped in order.
    private final List<String> detached = Installation.onPath("setsid")
            .map(found -> List.of(found.toString()))
            .orElse(List.of());
    private boolean closed;

    public Children(Screen screen) throws IOException {
        this.screen = screen;
        folder = Files.createTempDirectory("fusion-");
        watchdog = Watchdog.start(detached, folder);
    }

    /**
     * Ctrl-C and SIGTERM then end the children before this process. The calling thread is interrupted, so that it starts
     * and awaits nothing more.
     */
    public void endWithThisProcess() {
        Thread performer = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            performer.interrupt();
                            close();
                        },
                        "children-end"));
    }

    /** Temporary; gone after {@link #close}. */
    public Path folder() {
        return folder;
    }

    /**
     * Starts a process with the inherited environment, less what configures a hub, plus the given one.
     *
     * @throws InterruptedException when everything is being stopped
     */
    public synchronized Child start(String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException, InterruptedException {
        if (closed) {
            throw new InterruptedException("Everything is being stopped");
        }
        List<String> whole = new ArrayList<>(detached);
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        // The user's own settings are removed, so that nothing that runs here calls the real platforms.
        builder.environment().keySet().removeIf(key -> key.startsWith("FUSION_") || key.startsWith("QUARKUS_"));
        builder.environment().putAll(environment);
        Child child = new Child(name, builder.start(), log);
        running.push(child);
        watchdog.watch(child.process());
        return child;
    }

    /** Stops one of them before the others. */
    public void stop(Child child) {
        stop(child, GRACE);
    }

    /** The same for one that may take longer. */
    public synchronized void stop(Child child, Duration grace) {
        if (running.remove(child)) {
            Screen.Step step = screen.step("Stopping " + child.name());
            step.done(child.stop(grace) ? "ended" : "killed", "");
        }
    }

    /** Fails with the end of its log when one of them has ended. */
    public synchronized void requireAlive() throws LocalFailure {
        if (closed) {
            return;
        }
        for (Child child : running) {
            if (!child.isAlive()) {
                throw new LocalFailure("The process of " + child.name() + " has ended with exit code "
                        + child.process().exitValue() + ":" + System.lineSeparator() + child.lastWords());
            }
        }
    }

    /**
     * Waits until one of those that run now has ended, which is a failure with the end of its log.
     *
     * @throws InterruptedException when everything is being stopped
     */
    public void awaitEnd() throws InterruptedException, LocalFailure {
        CountDownLatch ended = new CountDownLatch(1);
        synchronized (this) {
            running.forEach(child -> child.process().onExit().thenRun(ended::countDown));
        }
        ended.await();
        requireAlive();
        throw new InterruptedException("Everything is being stopped");
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        while (!running.isEmpty()) {
            Child child = running.pop();
            Screen.Step step = screen.step("Stopping " + child.name());
            boolean byItself = child.stop(GRACE);
            step.done(byItself ? "ended" : "killed", "");
        }
        watchdog.over();
        delete(folder);
    }

    private void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            screen.say("Cannot delete " + directory + ": " + e);
        }
    }
}
