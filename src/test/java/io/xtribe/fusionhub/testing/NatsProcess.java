package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A nats-server as a process of its own, with its store in a temporary folder. */
final class NatsProcess implements NatsRun {
    private final List<String> command;
    private final Path directory;
    private ChildProcess process;

    NatsProcess(String binary, String name, int port, String settings) {
        directory = temporaryDirectory();
        command = List.of(
                binary,
                "--name",
                name,
                "--addr",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--jetstream",
                "--config",
                written(directory.resolve("nats-server.conf"), settings).toString(),
                "--store_dir",
                directory.resolve("store").toString());
    }

    @Override
    public void launch() {
        process = ChildProcess.start(command, Map.of(), directory.resolve("nats-server.log"));
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void stop() {
        if (process.isAlive()) {
            process.terminate(Duration.ofSeconds(10));
        }
    }

    @Override
    public String logTail() {
        return process.logTail();
    }

    @Override
    public boolean leavesSomething() {
        return Files.exists(directory);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
    }

    private static Path written(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("fusion-nats-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
