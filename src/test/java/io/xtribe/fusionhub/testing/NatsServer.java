package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.awaitility.core.ConditionTimeoutException;

import static org.awaitility.Awaitility.await;

/**
 * A real nats-server with JetStream on a random loopback port, which can be killed and brought back with its data. Which
 * server that is, and as what it runs: {@link NatsSource}. The first start of a JVM prints it.
 */
public final class NatsServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final int PORTS_TO_TRY = 5;
    private static final AtomicBoolean ANNOUNCED = new AtomicBoolean();

    private final String name = "test-" + UUID.randomUUID();
    private final int port;
    private final NatsRun run;

    private NatsServer(int port, String settings) {
        this.port = port;
        run = NatsSource.found().factory().create(name, port, settings);
    }

    /** Starts a server with an empty store; JetStream answers when this returns. */
    public static NatsServer start() {
        return start("");
    }

    /** The same with further settings, as they stand in the server's configuration file. */
    public static NatsServer start(String settings) {
        for (int attempt = 1; ; attempt++) {
            NatsServer server = new NatsServer(Ports.free(), settings);
            try {
                server.launch();
                server.announce();
                return server;
            } catch (RuntimeException failed) {
                server.run.close();
                if (attempt == PORTS_TO_TRY || !isPortTaken(failed)) {
                    throw failed;
                }
            }
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

    /** SIGKILL; the store stays as the server left it. */
    public void kill() {
        run.kill();
    }

    /** SIGTERM; the store stays. */
    public void stop() {
        run.stop();
    }

    /** Brings the server back on the same port and store, after {@link #kill()} or {@link #stop()} or while it runs. */
    public void restart() {
        stop();
        launch();
    }

    /** Every event that a hub has published here so far, and every dead letter, is as documented. */
    public void assertEventsAsDocumented() {
        assertEventsAsDocumented(url());
    }

    /** The same for a server that was started elsewhere. */
    public static void assertEventsAsDocumented(String url) {
        try (Connection connection = connect(url)) {
            EventSchemas.assertAsDocumented(connection);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Stops the server and deletes its store, after a last look at the events: whatever a test is about, no hub in it
     * may tell others what is not documented.
     */
    @Override
    public void close() {
        try {
            if (run.isAlive()) {
                assertEventsAsDocumented();
            }
        } finally {
            run.close();
        }
    }

    boolean leavesSomething() {
        return run.leavesSomething();
    }

    private void launch() {
        run.launch();
        try {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(START_LIMIT)
                    .until(() -> isJetStreamOurs() || !run.isAlive());
        } catch (ConditionTimeoutException late) {
            throw new IllegalStateException(
                    "nats-server did not answer within " + START_LIMIT + ". " + run.logTail(), late);
        }
        if (!run.isAlive()) {
            throw new IllegalStateException("nats-server ended at start. " + run.logTail());
        }
    }

    /** The name tells our server from another one that has taken the port. */
    private boolean isJetStreamOurs() throws InterruptedException {
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

    /** Once per JVM: what passes on one server need not pass on another. */
    private void announce() {
        if (ANNOUNCED.compareAndSet(false, true)) {
            try (Connection connection = connect()) {
                System.out.printf(
                        "Tests run on nats-server %s from %s%n",
                        connection.getServerInfo().getVersion(),
                        NatsSource.found().description());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Said by the server itself, or by Docker when it publishes the port. */
    private static boolean isPortTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("address already in use") || message.contains("port is already allocated")) {
                return true;
            }
        }
        return false;
    }
}
