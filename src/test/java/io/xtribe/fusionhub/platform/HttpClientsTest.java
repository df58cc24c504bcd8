package io.xtribe.fusionhub.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HttpClientsTest {

    private final ExecutorService answering = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(answering);
        server.createContext("/dripping", HttpClientsTest::drip);
        server.createContext("/header", exchange -> {
            var secret = exchange.getRequestHeaders().getFirst("X-Secret").getBytes();
            exchange.sendResponseHeaders(200, secret.length);
            exchange.getResponseBody().write(secret);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        answering.shutdownNow();
    }

    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void aCallEndsAtItsDeadlineHoweverSlowlyItsAnswerDrips() {
        // The garbage is collected while the answer drips: a call under way must not be lost from sight by that.
        assertThatThrownBy(() -> get("/dripping", Duration.ofMillis(500), System::gc))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aCallSendsItsHeadersAndIsLeftAloneBeforeItsDeadline() throws IOException {
        assertThat(get("/header", Duration.ofSeconds(20), () -> {})).isEqualTo("key");
    }

    private String get(String path, Duration timeout, Runnable beforeBody) throws IOException {
        var builder = HttpClientBuilder.create();
        HttpClients.configurer(Map.of("X-Secret", "key"), timeout).configureHttpClient(builder);
        try (var client = builder.build()) {
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
            return client.execute(new HttpGet(url), response -> {
                beforeBody.run();
                return EntityUtils.toString(response.getEntity());
            });
        }
    }

    /** A byte every 100 ms, which no socket timeout minds, until nobody reads them. */
    private static void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            while (!Thread.currentThread().isInterrupted()) {
                body.write('.');
                body.flush();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }
}
