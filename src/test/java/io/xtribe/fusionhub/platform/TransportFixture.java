package io.xtribe.fusionhub.platform;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.testing.HttpProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What every transport does alike, with its own client and with that of the token. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
public abstract class TransportFixture {

    private static final String NAME = "desk.corp.invalid";
    private static final PlatformRequest REQUEST = new PlatformRequest("GET", "/api/now/table/incident", "", null);
    private static final List<String> PROXY =
            List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts", "http.proxyUser", "http.proxyPassword");

    private final ExecutorService answering = Executors.newCachedThreadPool();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, String> settings = new HashMap<>();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private HttpServer server;
    private HttpServer elsewhere;
    private volatile String answers = "json";

    /** The transport that is held to it. */
    protected abstract TransportFactory transports();

    @BeforeEach
    void start() throws IOException {
        server = server();
        server.createContext("/", this::answer);
        elsewhere = server();
        elsewhere.createContext("/", exchange -> {
            calls.add("elsewhere " + exchange.getRequestHeaders().getFirst("Authorization"));
            send(exchange, 200, "{\"result\":[],\"access_token\":\"stolen\",\"expires_in\":60}");
        });
        address("http://127.0.0.1:" + server.getAddress().getPort());
        settings.put("fusion.servicenow.username", "hub");
        settings.put("fusion.servicenow.password", "secret");
        settings.put("fusion.servicenow.timeout", "4s");
        camel.start();
    }

    private HttpServer server() throws IOException {
        var started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setExecutor(answering);
        started.start();
        return started;
    }

    @AfterEach
    void stop() {
        PROXY.forEach(System::clearProperty);
        camel.stop();
        server.stop(0);
        elsewhere.stop(0);
        answering.shutdownNow();
    }

    private void address(String url) {
        settings.put("fusion.servicenow.url", url);
    }

    private void withToken() {
        settings.put("fusion.servicenow.client-id", "client");
        settings.put("fusion.servicenow.client-secret", "client-secret");
    }

    private void proxy(HttpProxy proxy) {
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", Integer.toString(proxy.port()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var isToken = exchange.getRequestURI().getPath().contains("token");
        calls.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Accept-Encoding") + " "
                + exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
        exchange.getResponseHeaders().add("X-Transaction-ID", "t-1");
        switch (isToken ? answers.replaceFirst(".*-then-", "") : answers.replaceFirst("^(.*)-then-.*", "$1")) {
            case "redirect" -> {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/");
                send(exchange, 302, "");
            }
            case "drip" -> drip(exchange);
            case "nothing" -> untilStopped();
            case "gzip" -> gzip(exchange, body(isToken));
            case "cut" -> send(exchange, 200, "{\"result\":[{\"number\":\"1");
            case "text" -> send(exchange, 200, "maintenance until noon");
            case "closed" -> exchange.close();
            default -> send(exchange, 200, body(isToken));
        }
    }

    private static String body(boolean isToken) {
        return isToken ? "{\"access_token\":\"t\",\"expires_in\":3600}" : "{\"result\":[{\"number\":\"1\"}]}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void gzip(HttpExchange exchange, String body) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, packed.size());
        exchange.getResponseBody().write(packed.toByteArray());
        exchange.close();
    }

    /** A byte every 100 ms, which no socket timeout minds, until nobody reads them. */
    private static void drip(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            while (!Thread.currentThread().isInterrupted()) {
                body.write(' ');
                body.flush();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    private static void untilStopped() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }

    private Transport open() {
        var values = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build();
        var platform = Platform.find("servicenow", Optional.empty(), values).orElseThrow();
        var availability = new Availability(
                List.of(platform.rateRule()), System::nanoTime, () -> 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
        return transports().open(camel, platform, availability.of("servicenow"));
    }

    private JsonNode ask() throws Exception {
        try (var transport = open()) {
            return transport.send(REQUEST, headers -> {});
        }
    }

    private PlatformException failure() {
        return FailureClassifier.ofException("servicenow", catchThrowable(this::ask));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesThroughTheProxyAndTellsItWhoWeAre(boolean token) throws Exception {
        try (var proxy = HttpProxy.leading(Map.of(NAME, server.getAddress().getPort()), "Basic amFuZTphQGI=")) {
            proxy(proxy);
            System.setProperty("http.proxyUser", "jane");
            System.setProperty("http.proxyPassword", "a@b");
            address("http://" + NAME);
            if (token) {
                withToken();
            }

            assertThat(ask().toString()).contains("\"number\":\"1\"");

            assertThat(proxy.asked()).hasSize(token ? 2 : 1).allMatch(asked -> asked.host()
                    .equals(NAME));
            assertThat(calls).allMatch(call -> call.endsWith(" null"), "nothing of it reaches the platform");
        }
    }

    @Test
    void aProxyThatRefusesUsIsNoRefusalOfThePlatform() {
        try (var proxy = HttpProxy.leading(Map.of(NAME, server.getAddress().getPort()), "Basic nobody")) {
            proxy(proxy);
            address("http://" + NAME);

            assertThat(failure().kind()).isEqualTo(Kind.WILL_HEAL);
        }
    }

    @Test
    void callsDirectlyWhatTheProxyIsNotFor() throws Exception {
        try (var proxy = HttpProxy.leading(Map.of())) {
            proxy(proxy);
            System.setProperty("http.nonProxyHosts", "127.0.*");

            assertThat(ask().toString()).contains("\"number\":\"1\"");

            assertThat(proxy.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redirect", "redirect-then-json", "json-then-redirect"})
    void followsNoRedirect(String what) {
        answers = what;
        if (what.contains("then")) {
            withToken();
        }

        assertThat(failure().kind()).isEqualTo(Kind.WILL_HEAL);

        assertThat(calls).isNotEmpty().noneMatch(call -> call.startsWith("elsewhere"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesCompressedAnswers(boolean token) throws Exception {
        answers = "gzip";
        if (token) {
            withToken();
        }

        assertThat(ask().toString()).contains("\"number\":\"1\"");

        assertThat(calls).hasSize(token ? 2 : 1).allMatch(call -> call.contains("gzip"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"drip", "json-then-drip"})
    void endsAtTheDeadlineHoweverSlowlyTheAnswerDrips(String what) {
        answers = what;
        if (what.contains("then")) {
            withToken();
        }

        assertThat(failure().kind()).isIn(Kind.UNKNOWN_OUTCOME, Kind.WILL_HEAL);

        assertThat(calls).isNotEmpty();
    }

    /** The timeline tells it to people. */
    @ParameterizedTest
    @CsvSource({
        "cut, 'servicenow answered with something that is not JSON: {\"result\":[{\"number\":\"1'",
        "text, servicenow answered with something that is not JSON: maintenance until noon",
        "nothing, servicenow gave no answer in time",
        "drip, servicenow gave no answer in time"
    })
    void saysWhatCameInPlainWords(String what, String words) {
        answers = what;

        assertThat(failure()).hasMessage(words);
    }

    @Test
    void saysWithoutWordsOfTheClientThatTheConnectionWasClosed() {
        answers = "closed";

        assertThat(failure())
                .hasMessageStartingWith("servicenow gave no answer: ")
                .message()
                .doesNotContain("Exception", "http://", "/api/now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "redirect"})
    void tellsTheHeadersOfEveryAnswer(String what) {
        answers = what;
        var told = new ArrayList<String>();

        try (var transport = open()) {
            transport.send(REQUEST, headers -> told.add(headers.apply("x-transaction-id")));
        } catch (Exception e) {
            assertThat(what).isEqualTo("redirect");
        }

        assertThat(told).containsExactly("t-1");
    }

    @Test
    void aSlashAtTheEndOfTheAddressIsNotThereTwice() throws Exception {
        address(settings.get("fusion.servicenow.url") + "//");
        withToken();

        ask();

        assertThat(calls).hasSize(2).noneMatch(call -> call.contains("//"));
    }
}
