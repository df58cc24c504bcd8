package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.awaitility.core.ConditionTimeoutException;

import static org.awaitility.Awaitility.await;

/**
 * A real nats-server with JetStream on a random loopback port, which can be killed and brought back with its data. The
 * binary is the system property {@code fusion.nats.server}, else the variable {@code NATS_SERVER}, else what
 * {@code bin/fusion nats --where} finds.
 */
public final class NatsServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final int PORTS_TO_TRY = 5;

    private final String binary;
    private final Path directory;
    private int port;
    private ChildProcess process;

    private NatsServer(String binary, Path directory) {
        this.binary = binary;
        this.directory = directory;
    }

    /** Starts a server with an empty store; JetStream answers when this returns. */
    public static NatsServer start() {
        NatsServer server = new NatsServer(Binary.PATH, temporaryDirectory());
        try {
            for (int attempt = 1; ; attempt++) {
                server.port = Ports.free();
                try {
                    server.launch();
                    return server;
                } catch (IllegalStateException failed) {
                    if (attempt == PORTS_TO_TRY || !failed.getMessage().contains("address already in use")) {
                        throw failed;
                    }
                }
            }
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** A connection for the test itself, which gives up at once when the server goes away. The caller closes it. */
    public Connection connect() {
        return connect(url());
    }

    static Connection connect(String url) {
        try {
            return Nats.connect(Options.builder()
                    .server(url)
                    .maxReconnects(0)
                    .connectionTimeout(Duration.ofSeconds(2))
                    .errorListener(new ErrorListener() {})
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Path directory() {
        return directory;
    }

    /** SIGKILL; the store stays as the server left it. */
    public void kill() {
        process.kill();
    }

    /** SIGTERM; the store stays. */
    public void stop() {
        if (process.isAlive()) {
            process.terminate(Duration.ofSeconds(10));
        }
    }

    /** Brings the server back on the same port and store, after {@link #kill()} or {@link #stop()} or while it runs. */
    public void restart() {
        stop();
        launch();
    }

    /** Stops the server and deletes its store. */
    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        delete(directory);
    }

    private void launch() {
        String name = "test-" + UUID.randomUUID();
        process = ChildProcess.start(
                List.of(
                        binary,
                        "--name",
                        name,
                        "--addr",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--jetstream",
                        "--store_dir",
                        directory.resolve("store").toString()),
                Map.of(),
                directory.resolve("nats-server.log"));
        try {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(START_LIMIT)
                    .until(() -> !process.isAlive() || isJetStreamOf(name));
        } catch (ConditionTimeoutException late) {
            process.close();
            throw new IllegalStateException(
                    "nats-server did not answer within " + START_LIMIT + ". " + process.logTail(), late);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("nats-server ended at start. " + process.logTail());
        }
    }

    /** The name tells our server from another one that has taken the port. */
    private boolean isJetStreamOf(String name) throws InterruptedException {
        Options options = Options.builder()
                .server(url())
                .noReconnect()
                .connectionTimeout(Duration.ofSeconds(1))
                .errorListener(new ErrorListener() {})
                .build();
        try (Connection connection = Nats.connect(options)) {
            if (!name.equals(connection.getServerInfo().getServerName())) {
                return false;
            }
            connection.jetStreamManagement().getAccountStatistics();
            return true;
        } catch (IOException | JetStreamApiException notYet) {
            return false;
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("fusion-nats-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
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

    /** Looked for once per JVM: the script may have to fetch the server. */
    private static final class Binary {
        private static final String PATH = find();

        private static String find() {
            String configured = System.getProperty("fusion.nats.server", System.getenv("NATS_SERVER"));
            if (configured != null && !configured.isBlank()) {
                return configured;
            }
            Path script = Path.of("bin", "fusion").toAbsolutePath();
            if (!Files.isExecutable(script)) {
                throw new IllegalStateException(
                        "No nats-server: set NATS_SERVER to its path, as there is no " + script);
            }
            try {
                Process process = new ProcessBuilder(script.toString(), "nats", "--where")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0 || output.isEmpty()) {
                    throw new IllegalStateException("bin/fusion nats --where found no nats-server: " + output);
                }
                return output;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
