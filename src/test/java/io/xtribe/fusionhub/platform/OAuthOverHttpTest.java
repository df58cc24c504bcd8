package io.xtribe.fusionhub.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.availability.Availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A platform of the transport {@code http} whose descriptor has {@code oauth}. */
class OAuthOverHttpTest {

    private static final String DESCRIPTOR = """
            name: desk
            records: {parts: [ticket]}
            settings:
              client-id: {description: The client.}
              client-secret: {description: Its secret., secret: true}
              user: {description: The user.}
              password: {description: Its password., secret: true}
            oauth: {path: /token, clientId: client-id, clientSecret: client-secret, username: user, password: password}
            """;
    private static final PlatformRequest REQUEST = new PlatformRequest("GET", "/tickets", "", null);

    @TempDir
    private Path folders;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, String> settings = new HashMap<>();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private HttpServer server;
    private volatile int issued;
    private volatile int tokenStatus = 200;
    private volatile String retryAfter;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(Files.createDirectory(folders.resolve("desk")).resolve("platform.yaml"), DESCRIPTOR);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::token);
        server.createContext("/tickets", this::tickets);
        server.start();
        settings.put(
                "fusion.desk.url", "http://127.0.0.1:" + server.getAddress().getPort());
        settings.put("fusion.desk.client-id", "the-client");
        settings.put("fusion.desk.client-secret", "the-secret");
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
        server.stop(0);
    }

    private void token(HttpExchange exchange) throws IOException {
        calls.add("token " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        issued++;
        if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        answer(exchange, tokenStatus, "{\"access_token\":\"t" + issued + "\",\"expires_in\":3600}");
    }

    private void tickets(HttpExchange exchange) throws IOException {
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        calls.add("tickets " + authorization);
        answer(exchange, ("Bearer t" + issued).equals(authorization) ? 200 : 401, "{\"ok\":true}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Transport open() {
        var values = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build();
        var platform = Platform.find("desk", Optional.of(folders), values).orElseThrow();
        var availability = new Availability(
                List.of(platform.rateRule()), System::nanoTime, () -> 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
        return new HttpTransports().open(camel, platform, availability.of("desk"));
    }

    private static JsonNode send(Transport transport) throws Exception {
        return transport.send(REQUEST, headers -> {});
    }

    @Test
    void oneTokenIsFetchedAndCarriedByEveryRequest() throws Exception {
        try (var transport = open()) {
            assertThat(send(transport).path("ok").asBoolean()).isTrue();
            send(transport);
        }

        assertThat(calls)
                .containsExactly(
                        "token client_id=the-client&client_secret=the-secret&grant_type=client_credentials",
                        "tickets Bearer t1",
                        "tickets Bearer t1");
    }

    @Test
    void aUserMeansThePasswordGrant() throws Exception {
        settings.put("fusion.desk.user", "hub");
        settings.put("fusion.desk.password", "of the hub");

        try (var transport = open()) {
            send(transport);
        }

        assertThat(calls.get(0)).endsWith("&grant_type=password&username=hub&password=of+the+hub");
    }

    @Test
    void aTokenThatWasRevokedIsReplacedAndTheRequestMadeAgain() throws Exception {
        try (var transport = open()) {
            send(transport);
            issued++;
            send(transport);
        }

        assertThat(calls).hasSize(5).endsWith("tickets Bearer t3");
    }

    @Test
    void aRefusedClientIsTheAccounts() throws Exception {
        tokenStatus = 401;

        try (var transport = open()) {
            var failure = catchThrowableOfType(PlatformException.class, () -> send(transport));

            assertThat(failure.kind()).isEqualTo(Kind.ACCOUNT);
            assertThat(failure).hasMessageStartingWith("OAuth token: desk answered 401");
            assertThat(failure.toString()).doesNotContain("the-secret");
        }
        assertThat(calls).hasSize(1);
    }

    /** RFC 9110, 10.2.3: seconds, or a date, which a clock that differs by a little makes longer or shorter. */
    @ParameterizedTest
    @ValueSource(strings = {"40", "date"})
    void theTokenEndpointSaysHowLongToWait(String form) throws Exception {
        tokenStatus = 429;
        retryAfter = form.equals("date")
                ? DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(40))
                : form;

        try (var transport = open()) {
            var failure = catchThrowableOfType(PlatformException.class, () -> send(transport));

            assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
            assertThat(failure.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(41));
        }
        assertThat(calls).hasSize(1);
    }

    @Test
    void withoutAClientNoTokenIsFetched() throws Exception {
        settings.remove("fusion.desk.client-id");

        try (var transport = open()) {
            var failure = catchThrowableOfType(PlatformException.class, () -> send(transport));

            assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        }
        assertThat(calls).containsExactly("tickets null");
    }
}
