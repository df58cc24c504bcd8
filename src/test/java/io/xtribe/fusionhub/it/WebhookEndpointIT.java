package io.xtribe.fusionhub.it;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The webhook endpoint answers 202, 401, 404, 413 or 503, within three seconds, and never anything else. In trouble:
 * {@link WebhookEndpointInTroubleIT}.
 */
class WebhookEndpointIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MAX_BODY = 512 * 1024;
    private static final String OLD = "old-secret-5d1c";
    private static final String NEW = "new-secret-93fa";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static FaultRig rig;

    @BeforeAll
    static void start() {
        rig = FaultRig.start(
                "WebhookEndpointIT", settings -> settings.env("FUSION_WEBHOOKS_DATADOG_SECRET", OLD + "," + NEW)
                        .env("FUSION_WEBHOOKS_SERVICENOW_SECRET", OLD + "," + NEW)
                        .env("FUSION_WEBHOOKS_PAGERDUTY_SECRET", OLD + "," + NEW));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({
        "datadog, " + OLD + ", 202",
        "datadog, " + NEW + ", 202",
        "datadog, older-secret, 401",
        "servicenow, " + OLD + ", 202",
        "servicenow, " + NEW + ", 202",
        "servicenow, older-secret, 401",
        "pagerduty, " + OLD + ", 202",
        "pagerduty, " + NEW + ", 202",
        "pagerduty, older-secret, 401",
    })
    void rotatedSecrets(String source, String secret, int status) {
        byte[] body = FaultRig.noise(source);
        assertThat(post(source, body, Webhooks.headers(source, secret, body))).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog", "servicenow", "pagerduty"})
    void withoutAuthentication(String source) {
        byte[] body = FaultRig.noise(source);
        assertThat(post(source, body, Map.of())).isEqualTo(401);
        assertThat(post(source, body, Map.of("X-Fusion-Token", ""))).isEqualTo(401);
        assertThat(post(source, body, Map.of("X-Fusion-Token", OLD + "," + NEW)))
                .isEqualTo(401);
        assertThat(post(source, body, Map.of("X-PagerDuty-Signature", "v1=", "X-Fusion-Signature", "sha256=")))
                .isEqualTo(401);
        assertThat(post(source, body, Map.of("X-PagerDuty-Signature", "v1=" + "zz".repeat(32))))
                .isEqualTo(401);
        assertThat(post(source, new byte[0], Map.of())).isEqualTo(401);
    }

    @Test
    void pagerDutySignature() {
        byte[] body = FaultRig.noise("pagerduty");
        byte[] other = FaultRig.bytes("{\"event\":{}}");
        assertThat(post("pagerduty", body, Webhooks.pagerDuty(body, "retired", NEW)))
                .isEqualTo(202);
        assertThat(post("pagerduty", other, Webhooks.pagerDuty(NEW, body)))
                .as("of another body")
                .isEqualTo(401);
        String signature = Webhooks.pagerDuty(NEW, body).get("X-PagerDuty-Signature");
        assertThat(post("pagerduty", body, Map.of("X-PagerDuty-Signature", "v0=0000, " + signature)))
                .isEqualTo(202);
        assertThat(post("pagerduty", body, Map.of("X-PagerDuty-Signature", signature.replace("v1=", "v2="))))
                .isEqualTo(401);
    }

    @Test
    void serviceNowSignature() {
        byte[] body = FaultRig.noise("servicenow");
        Instant now = Instant.now();
        assertThat(post("servicenow", body, Webhooks.serviceNow(NEW, body, now)))
                .isEqualTo(202);
        assertThat(post("servicenow", body, Webhooks.serviceNow(NEW, body, now.minusSeconds(240))))
                .isEqualTo(202);
        assertThat(post("servicenow", body, Webhooks.serviceNow(NEW, body, now.minusSeconds(310))))
                .as("stale")
                .isEqualTo(401);
        assertThat(post("servicenow", body, Webhooks.serviceNow(NEW, body, now.plusSeconds(310))))
                .as("from the future")
                .isEqualTo(401);
        Map<String, String> moved = new HashMap<>(Webhooks.serviceNow(NEW, body, now.minusSeconds(3600)));
        moved.put("X-Fusion-Timestamp", Long.toString(now.getEpochSecond()));
        assertThat(post("servicenow", body, moved)).as("timestamp replaced").isEqualTo(401);
        moved.put("X-Fusion-Timestamp", "soon");
        assertThat(post("servicenow", body, moved)).isEqualTo(401);
        moved.remove("X-Fusion-Timestamp");
        assertThat(post("servicenow", body, moved)).isEqualTo(401);
        assertThat(post("servicenow", body, Webhooks.serviceNow(NEW)))
                .as("shared secret")
                .isEqualTo(202);
    }

    /** As if all stood in one header, separated by commas (RFC 9110): no token and no time, but a list of signatures. */
    @Test
    void repeatedHeaders() {
        byte[] body = FaultRig.noise("servicenow");
        String time = Long.toString(Instant.now().getEpochSecond());
        String right = Webhooks.serviceNow(NEW, body, Instant.ofEpochSecond(Long.parseLong(time)))
                .get("X-Fusion-Signature");
        String wrong = "sha256=" + "0".repeat(64);

        assertThat(postRepeated(body, "X-Fusion-Token", NEW, "X-Fusion-Token", NEW))
                .isEqualTo(401);
        assertThat(postRepeated(body, "X-Fusion-Token", "guess", "X-Fusion-Token", NEW))
                .isEqualTo(401);
        assertThat(postRepeated(
                        body, "X-Fusion-Timestamp", time, "X-Fusion-Timestamp", time, "X-Fusion-Signature", right))
                .isEqualTo(401);
        assertThat(postRepeated(
                        body, "X-Fusion-Timestamp", time, "X-Fusion-Signature", wrong, "X-Fusion-Signature", wrong))
                .isEqualTo(401);
        assertThat(postRepeated(
                        body, "X-Fusion-Timestamp", time, "X-Fusion-Signature", wrong, "X-Fusion-Signature", right))
                .isEqualTo(202);
    }

    private static int postRepeated(byte[] body, String... namesAndValues) {
        return send(HttpRequest.newBuilder(URI.create(rig.hub.webhookUrl("servicenow")))
                .headers(namesAndValues)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jira", "datadog%2F..%2Fpagerduty", "..%2fapi", "DATADOG", "datadog/x", ""})
    void unknownSource(String source) {
        assertThat(post(source, FaultRig.bytes("{}"), Webhooks.datadog(NEW))).isEqualTo(404);
    }

    /** What a header says is not what the path says. */
    @Test
    void headersDoNotChooseTheEndpoint() {
        byte[] body = FaultRig.noise("datadog");
        Map<String, String> headers = new HashMap<>(Webhooks.datadog(NEW));
        headers.put("source", "jira");
        headers.put("CamelHttpResponseCode", "500");
        headers.put("CamelHttpPath", "/elsewhere");
        assertThat(post("datadog", body, headers)).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
    void onlyPost(String method) {
        int status = send(method, "datadog", BodyPublishers.noBody(), Webhooks.datadog(NEW));
        assertThat(status).isIn(404, 405);
    }

    @Test
    void size() {
        byte[] largest = FaultRig.bytes("{\"schema\":\"unknown\",\"x\":\"" + "y".repeat(MAX_BODY - 29) + "\"}");
        assertThat(largest.length).isLessThanOrEqualTo(MAX_BODY);
        assertThat(post("datadog", largest, Webhooks.datadog(NEW))).isEqualTo(202);
        byte[] larger = FaultRig.bytes("{\"x\":\"" + "y".repeat(MAX_BODY) + "\"}");
        assertThat(post("datadog", larger, Webhooks.datadog(NEW))).isEqualTo(413);
        assertThat(post("datadog", larger, Map.of())).as("unauthenticated").isIn(401, 413);
        BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(larger));
        assertThat(send("POST", "datadog", chunked, Webhooks.datadog(NEW)))
                .as("without a Content-Length")
                .isEqualTo(413);
        BodyPublisher small = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(FaultRig.noise("datadog")));
        assertThat(send("POST", "datadog", small, Webhooks.datadog(NEW))).isEqualTo(202);
    }

    /** Else the connection is cut while the sender still writes, and the answer is lost with it. */
    @ParameterizedTest
    @ValueSource(ints = {MAX_BODY + 1, 20 * 1024 * 1024})
    void anOversizedBodyIsHeardOutAndItsConnectionGoesOn(int length) throws IOException {
        byte[] noise = FaultRig.noise("datadog");
        URI endpoint = URI.create(rig.hub.webhookUrl("datadog"));
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(10_000);
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            write(socket, endpoint, new byte[length]);
            assertThat(status(answers)).isEqualTo(413);
            write(socket, endpoint, noise);
            assertThat(status(answers)).isEqualTo(202);
        }
    }

    private static void write(Socket socket, URI endpoint, byte[] body) throws IOException {
        String head = "POST %s HTTP/1.1\r\nHost: %s\r\nX-Fusion-Token: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(endpoint.getPath(), endpoint.getAuthority(), NEW, body.length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
    }

    /** Reads one answer to its end. */
    private static int status(BufferedReader answers) throws IOException {
        String first = answers.readLine();
        int length = 0;
        for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
            }
        }
        answers.skip(length);
        return Integer.parseInt(first.split(" ")[1]);
    }

    /** Authentic but not JSON: kept with the reason, and never sent again. */
    @ParameterizedTest
    @ValueSource(strings = {"not JSON", "", "[]", "\"text\"", "{\"half\":", "null", "{} trailing"})
    void malformed(String text) {
        int before = rig.deadLetters().size();
        byte[] body = FaultRig.bytes(text);
        for (String source : FaultRig.PLATFORMS) {
            assertThat(post(source, body, Webhooks.headers(source, NEW, body))).isEqualTo(202);
        }
        List<String> letters = rig.deadLetters();
        assertThat(letters).hasSize(before + 3);
        for (int i = 0; i < 3; i++) {
            assertThat(letters.get(before + i))
                    .startsWith("fusion.dead-letters." + FaultRig.PLATFORMS.get(i) + "\t")
                    .contains("the webhook body is not a JSON object")
                    .endsWith("\t" + text);
        }
    }

    /** Bodies that a parser or a header may choke on are no reason to be sent again and again. */
    @Test
    void peculiar() {
        for (String text : List.of(
                "[".repeat(5_000),
                "{\"a\":".repeat(3_000) + "1" + "}".repeat(3_000),
                "{\"id\":\"line\\nbreak\"}",
                "{\"id\":\"\u00fcber\"}",
                "{\"id\":\"" + "x".repeat(100_000) + "\"}",
                "{\"id\":\"\\u0000\"}",
                "{\"id\":1e999999999}",
                "{\"event\":\"text\"}",
                "{\"event\":{\"id\":{}}}",
                "\u0000\u0001")) {
            byte[] body = FaultRig.bytes(text);
            for (String source : FaultRig.PLATFORMS) {
                assertThat(post(source, body, Webhooks.headers(source, NEW, body)))
                        .as("%s: %s", source, text.substring(0, Math.min(40, text.length())))
                        .isEqualTo(202);
            }
        }
        byte[] invalidUtf8 = {'{', '"', (byte) 0xc3, '"', ':', '1', '}'};
        assertThat(post("pagerduty", invalidUtf8, Webhooks.pagerDuty(NEW, invalidUtf8)))
                .isEqualTo(202);
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "nonsense", "application/json")) {
            byte[] body = FaultRig.noise("datadog");
            Map<String, String> headers = new HashMap<>(Webhooks.datadog(NEW));
            headers.put("Content-Type", type);
            assertThat(post("datadog", body, headers)).as(type).isEqualTo(202);
        }
    }

    @Test
    void onlyWhatIsKnownAndNotNeededIsNoise() {
        double before = rig.metric("fusion_signals_total", "outcome=noise");
        int letters = rig.deadLetters().size();
        for (String body : List.of("pagerduty/unknown-event-type", "pagerduty/ping", "servicenow/deleted")) {
            String source = body.substring(0, body.indexOf('/'));
            byte[] bytes = FaultRig.bytes(Webhooks.fresh(body));
            assertThat(post(source, bytes, Webhooks.headers(source, NEW, bytes)))
                    .as(body)
                    .isEqualTo(202);
        }
        byte[] unknown = FaultRig.bytes("{\"schema\":\"datadog-synthetics-9\",\"id\":\"new-schema\"}");
        assertThat(post("datadog", unknown, Webhooks.datadog(NEW))).isEqualTo(202);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rig.metric("fusion_signals_total", "outcome=noise"))
                .isGreaterThanOrEqualTo(before + 3));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rig.deadLetters()).hasSize(letters + 1));
    }

    /** The same delivery twice is one signal. */
    @Test
    void deliveredTwice() {
        ObjectNode body = FaultRig.monitor("delivered twice", "P1");
        byte[] bytes = FaultRig.bytes(body.toString());
        assertThat(post("datadog", bytes, Webhooks.datadog(NEW))).isEqualTo(202);
        assertThat(post("datadog", bytes, Webhooks.datadog(NEW))).isEqualTo(202);
        rig.awaitLinked("delivered twice", LIMIT);
        assertThat(rig.timeline("delivered twice"))
                .filteredOn(text -> text.startsWith("triggered"))
                .hasSize(1);
    }

    private static int post(String source, byte[] body, Map<String, String> headers) {
        return send("POST", source, BodyPublishers.ofByteArray(body), headers);
    }

    private static int send(String method, String source, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(rig.hub.webhookUrl(source))).method(method, body);
        headers.forEach(request::header);
        return send(request);
    }

    private static int send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
