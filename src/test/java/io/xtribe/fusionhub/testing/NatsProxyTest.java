package io.xtribe.fusionhub.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamSubscription;
import io.nats.client.KeyValue;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.xtribe.fusionhub.testing.NatsProxy.Fate.PASSED;
import static io.xtribe.fusionhub.testing.NatsProxy.Fate.UNANSWERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class NatsProxyTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private static NatsServer server;

    private NatsProxy proxy;
    private Connection direct;
    private KeyValue stored;
    private Connection hub;

    @BeforeAll
    static void startServer() {
        server = NatsServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        direct = server.connect();
        direct.keyValueManagement()
                .create(KeyValueConfiguration.builder("trial").build());
        direct.jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name("SIGNALS")
                        .subjects("fusion.signals.>")
                        .build());
        stored = direct.keyValue("trial");
        proxy = NatsProxy.inFrontOf(server);
        hub = NatsServer.connect(proxy.url());
    }

    @AfterEach
    void disconnect() throws Exception {
        hub.close();
        proxy.close();
        direct.keyValueManagement().delete("trial");
        direct.jetStreamManagement().deleteStream("SIGNALS");
        direct.close();
    }

    @Test
    void countsOnlyDurableWrites() throws Exception {
        KeyValue bucket = hub.keyValue("trial");
        long revision = bucket.create("k", "1".getBytes(StandardCharsets.UTF_8));
        bucket.update("k", "2", revision);
        bucket.put("k", "3");
        bucket.get("k");
        bucket.delete("k");
        hub.jetStream().publish("fusion.signals.datadog", "{}".getBytes(StandardCharsets.UTF_8));
        JetStreamSubscription subscription = hub.jetStream()
                .subscribe(
                        "fusion.signals.>",
                        PushSubscribeOptions.builder().durable("d").build());
        Message message = subscription.nextMessage(SOON);
        message.ack();
        hub.publish("elsewhere", new byte[0]);
        hub.flush(SOON);

        assertThat(proxy.counts()).isEqualTo(new NatsProxy.Counts(4, 1, 1));
        assertThat(proxy.counts().total()).isEqualTo(6);
        assertThat(proxy.writes())
                .startsWith("$KV.trial.k", "$KV.trial.k", "$KV.trial.k", "$KV.trial.k", "fusion.signals.datadog")
                .last()
                .asString()
                .startsWith("$JS.ACK.SIGNALS.d.");

        proxy.reset();
        assertThat(proxy.counts().total()).isZero();
    }

    @Test
    void losesTheWriteAndEverythingAfterIt() throws Exception {
        KeyValue bucket = hub.keyValue("trial");
        CompletableFuture<NatsProxy.Write> lost = proxy.onWrite(3, write -> {});
        Connection second = NatsServer.connect(proxy.url());

        bucket.put("a", "1");
        bucket.put("b", "2");
        assertThatThrownBy(() -> bucket.put("c", "3")).isInstanceOf(IOException.class);
        assertThat(lost.get(5, TimeUnit.SECONDS))
                .isEqualTo(new NatsProxy.Write(3, NatsProxy.Kind.KV, "$KV.trial.c", "3"));
        await().atMost(SOON).until(() -> hub.getStatus() == Connection.Status.CLOSED);
        await().atMost(SOON).until(() -> second.getStatus() == Connection.Status.CLOSED);

        assertThat(stored.keys()).containsExactlyInAnyOrder("a", "b");
        assertThat(proxy.writes()).containsExactly("$KV.trial.a", "$KV.trial.b");

        // a restarted hub is a new connection, and the action was for once
        try (Connection restarted = NatsServer.connect(proxy.url())) {
            restarted.keyValue("trial").put("c", "4");
        }
        assertThat(stored.get("c").getValueAsString()).isEqualTo("4");
    }

    @Test
    void nothingPassesOnAnyConnectionWhileTheActionRuns() throws Exception {
        CompletableFuture<Void> other = new CompletableFuture<>();
        try (Connection second = NatsServer.connect(proxy.url())) {
            KeyValue secondBucket = second.keyValue("trial");
            CompletableFuture<NatsProxy.Write> lost = proxy.onWrite(1, write -> {
                CompletableFuture.runAsync(() -> putQuietly(secondBucket, "other"))
                        .thenAccept(other::complete);
                await().during(Duration.ofMillis(200)).until(() -> stored.get("other") == null);
            });

            putQuietly(hub.keyValue("trial"), "first");
            lost.get(5, TimeUnit.SECONDS);
            other.get(5, TimeUnit.SECONDS);
        }
        assertThat(stored.keys()).isEmpty();
        assertThat(proxy.counts().total()).isZero();
    }

    @Test
    void letsTheWriteThroughButNotItsAnswer() throws Exception {
        KeyValue bucket = hub.keyValue("trial");
        CompletableFuture<NatsProxy.Write> unanswered =
                proxy.onWrite(2, UNANSWERED, write -> await().atMost(SOON).until(() -> stored.get("b") != null));

        bucket.put("a", "1");
        assertThatThrownBy(() -> bucket.put("b", "2")).isInstanceOf(IOException.class);
        unanswered.get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> bucket.put("c", "3")).isInstanceOfAny(IOException.class, IllegalStateException.class);

        assertThat(stored.keys()).containsExactlyInAnyOrder("a", "b");
        assertThat(proxy.writes()).containsExactly("$KV.trial.a", "$KV.trial.b");
    }

    @Test
    void canActBetweenTwoWritesOfAHubThatLives() throws Exception {
        KeyValue bucket = hub.keyValue("trial");
        long revision = bucket.create("k", "mine".getBytes(StandardCharsets.UTF_8));
        proxy.onWrite(2, PASSED, write -> putQuietly(stored, "k"));

        assertThatThrownBy(() -> bucket.update("k", "mine again", revision)).hasMessageContaining("10071");
        bucket.put("k", "goes on");

        assertThat(stored.get("k").getValueAsString()).isEqualTo("goes on");
        assertThat(proxy.counts().kv()).isEqualTo(3);
    }

    @Test
    void reportsAnActionThatFailsAndOneThatComesTooLate() throws Exception {
        KeyValue bucket = hub.keyValue("trial");
        bucket.put("a", "1");
        assertThatThrownBy(() -> proxy.onWrite(1, write -> {})).isInstanceOf(IllegalArgumentException.class);

        CompletableFuture<NatsProxy.Write> failing = proxy.onWrite(2, write -> {
            throw new AssertionError("expected");
        });
        putQuietly(bucket, "b");

        assertThatThrownBy(() -> failing.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("expected");
        assertThat(stored.get("b")).isNull();
    }

    @Test
    void understandsPipelinedAndSplitCommands() throws Exception {
        String decoy = "x\r\nPUB $KV.trial.decoy 1\r\ny";
        String headers = "NATS/1.0\r\nA: b\r\n\r\n";
        String pipelined = "CONNECT {\"verbose\":false,\"headers\":true}\r\nSUB answers 1\r\n"
                + "PUB $KV.trial.a 1\r\n1\r\n"
                + "pub $KV.trial.b answers " + decoy.length() + "\r\n" + decoy + "\r\n"
                + "PUB $KV.trial.empty 0\r\n\r\n";
        String split = "HPUB fusion.signals.split " + headers.length() + " " + (headers.length() + 2) + "\r\n" + headers
                + "ok\r\nPING\r\n";

        try (Socket socket = new Socket("127.0.0.1", proxy.port())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            out.write(pipelined.getBytes(StandardCharsets.UTF_8));
            for (byte single : split.getBytes(StandardCharsets.UTF_8)) {
                out.write(single);
                out.flush();
            }
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(in.readLine()).startsWith("INFO ");
            String line = in.readLine();
            while (!"PONG".equals(line)) {
                assertThat(line).isNotNull().doesNotContain("-ERR");
                line = in.readLine();
            }
        }

        assertThat(proxy.writes())
                .isEqualTo(List.of("$KV.trial.a", "$KV.trial.b", "$KV.trial.empty", "fusion.signals.split"));
        await().atMost(SOON).until(() -> signals() == 1);
        assertThat(stored.get("b").getValueAsString()).isEqualTo(decoy);
        assertThat(stored.get("decoy")).isNull();
    }

    @Test
    void aCommandCutOffByTheDeathOfTheClientIsNoWrite() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", proxy.port())) {
            socket.getOutputStream()
                    .write("CONNECT {}\r\nPUB $KV.trial.half 10\r\nhalf".getBytes(StandardCharsets.UTF_8));
        }
        hub.flush(SOON);

        assertThat(proxy.counts().total()).isZero();
        assertThat(stored.get("half")).isNull();
    }

    @Test
    void playsANatsThatIsAwayAndOneThatHangs() throws Exception {
        Options options = Options.builder()
                .server(proxy.url())
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(50))
                .errorListener(new ErrorListener() {})
                .build();
        try (Connection patient = Nats.connect(options)) {
            patient.keyValue("trial").put("a", "1");

            proxy.cut();
            await().atMost(SOON).until(() -> patient.getStatus() != Connection.Status.CONNECTED);
            assertThatThrownBy(() -> new Socket("127.0.0.1", proxy.port()).close())
                    .isInstanceOf(IOException.class);
            proxy.heal();
            await().atMost(SOON).until(() -> patient.getStatus() == Connection.Status.CONNECTED);
            patient.keyValue("trial").put("a", "2");

            KeyValue patientBucket = patient.keyValue("trial");
            proxy.freeze();
            CompletableFuture<Void> hanging = CompletableFuture.runAsync(() -> putQuietly(patientBucket, "b"));
            await().during(Duration.ofMillis(300))
                    .atMost(SOON)
                    .until(() -> !hanging.isDone() && stored.get("b") == null);
            proxy.heal();
            hanging.get(5, TimeUnit.SECONDS);
        }
        assertThat(stored.get("a").getValueAsString()).isEqualTo("2");
        assertThat(stored.get("b")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"LOST, 499", "UNANSWERED, 500"})
    void killsAProcessExactlyAtAWriteHoweverMuchItHasSent(NatsProxy.Fate fate, long stored, @TempDir Path directory)
            throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                proxy.url());
        CompletableFuture<ChildProcess> process = new CompletableFuture<>();
        CompletableFuture<NatsProxy.Write> killed =
                proxy.onWrite(500, fate, write -> process.join().kill());

        try (ChildProcess writer = ChildProcess.start(command, Map.of(), directory.resolve("writer.log"))) {
            process.complete(writer);
            killed.get(20, TimeUnit.SECONDS);
            assertThat(writer.isAlive()).isFalse();
        }

        await().atMost(SOON).during(Duration.ofMillis(200)).until(() -> signals() == stored);
        assertThat(proxy.counts().publishes()).isEqualTo((int) stored);
    }

    /** Publishes without waiting for answers, so that much is on its way when it is killed. */
    static final class Writer {
        public static void main(String[] arguments) throws Exception {
            try (Connection connection = NatsServer.connect(arguments[0])) {
                for (int i = 0; i < 100_000; i++) {
                    connection.publish("fusion.signals.many", new byte[100]);
                }
                connection.flush(Duration.ZERO);
            }
        }
    }

    private long signals() throws Exception {
        return direct.jetStreamManagement()
                .getStreamInfo("SIGNALS")
                .getStreamState()
                .getMsgCount();
    }

    private static void putQuietly(KeyValue bucket, String key) {
        try {
            bucket.put(key, "quietly");
        } catch (Exception lost) {
            // the tests look at what is stored
        }
    }
}
