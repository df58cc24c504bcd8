package io.xtribe.fusionhub.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The guards in front of a plain Vert.x server: how far it reads ahead, and how much it answers to nobody. */
class ConnectionGuardTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String ANSWER = "x".repeat(30_000);

    private static final AtomicInteger ASKED = new AtomicInteger();
    private static Vertx vertx;
    private static HttpServer server;

    @BeforeAll
    static void start() throws Exception {
        ConnectionGuards.enable();
        Metrics.addRegistry(new SimpleMeterRegistry());
        vertx = Vertx.vertx();
        server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(request -> {
                    ASKED.incrementAndGet();
                    vertx.setTimer(1, now -> request.response().end(ANSWER));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    /** The system takes some megabytes for both ends; the server takes no more than one read of it. */
    @Test
    void neitherReadsNorAnswersFurtherForWhoDoesNotReadTheAnswers() throws Exception {
        try (SocketChannel deaf = SocketChannel.open()) {
            deaf.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            deaf.connect(new InetSocketAddress("127.0.0.1", server.actualPort()));
            deaf.configureBlocking(false);
            var requests = ByteBuffer.wrap(REQUEST.repeat(10_000).getBytes(StandardCharsets.US_ASCII));
            var taken = new AtomicLong();
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        try {
                            taken.addAndGet(deaf.write(requests));
                            if (!requests.hasRemaining()) {
                                requests.rewind();
                            }
                            return false;
                        } catch (IOException cut) {
                            return true;
                        }
                    });
            assertThat(taken.get()).isLessThan(24L * 1024 * 1024);
            assertThat(ASKED.get()).isLessThan(200);
            assertThat(Metrics.counter("fusion.http.closed", "reason", "answer-not-taken")
                            .count())
                    .isEqualTo(1);
        }
    }
}
