package io.xtribe.fusionhub.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client that knows no secret can make neither the webhook endpoint nor health unusable, with the heap that {@code serve}
 * has. Authentic webhooks are stored all the time. Who may read what: {@link ApiAccessIT}.
 */
class EndpointsUnderAttackIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long BODIES = 16L * 1024 * 1024;
    private static final int CONNECTIONS = 1_024;
    private static final String TOKEN = "X-Fusion-Token: " + Webhooks.secret("datadog") + "\r\n";
    private static final String MADE_UP = "X-PagerDuty-Signature: v1=" + "0".repeat(64) + "\r\n";

    private static FaultRig rig;

    @BeforeAll
    static void start() {
        rig = FaultRig.start("EndpointsUnderAttackIT", settings -> settings.jvmOption("-Xmx208m"));
        rig.warmUp();
    }

    @AfterAll
    static void stop() {
        try {
            // Unauthenticated clients must not fill the log, nor forge a line of it.
            assertThat(rig.hub.log().lines()).allMatch(line -> line.matches("2\\d{3}-\\d\\d-\\d\\d .*"));
        } finally {
            rig.close();
        }
    }

    private static RawHttp connect() {
        return new RawHttp(rig.hub.url());
    }

    private static List<RawHttp> connections(int count, IntFunction<RawHttp> each) {
        return IntStream.range(0, count).mapToObj(each).collect(Collectors.toList());
    }

    private static void assertServes() {
        assertThat(rig.hub.readiness()).isEqualTo(200);
        assertThat(rig.hub.liveness()).isEqualTo(200);
        for (String source : FaultRig.PLATFORMS) {
            assertThat(rig.hub.webhook(source, new String(FaultRig.noise(source))))
                    .as(source)
                    .isEqualTo(202);
        }
        assertThat(rig.hub.incidents()).isNotNull();
    }

    @Test
    void unfinishedBodiesOfStrangersAreNotHeld() {
        double refused = rig.metric("fusion_webhooks_refused_total", "source=datadog", "reason=unauthenticated");
        byte[] part = new byte[511 * 1024];
        List<RawHttp> attackers = connections(400, number -> {
            RawHttp attacker = connect();
            attacker.say(RawHttp.head("POST", "/webhooks/datadog", "", 512 * 1024));
            attacker.say(part);
            if (number % 100 == 50) {
                assertServes();
            }
            return attacker;
        });
        assertServes();
        assertThat(rig.metric("fusion_webhooks_body_bytes")).isLessThan(part.length);
        assertThat(rig.metric("fusion_webhooks_refused_total", "source=datadog", "reason=unauthenticated"))
                .isEqualTo(refused + 400);
        attackers.forEach(RawHttp::close);
    }

    /** Nothing but the body tells a made-up signature from a right one. */
    @Test
    void unfinishedBodiesWithMadeUpSignaturesGiveWay() {
        byte[] part = new byte[511 * 1024];
        List<RawHttp> attackers = connections(150, number -> {
            RawHttp attacker = connect();
            attacker.say(RawHttp.head("POST", "/webhooks/pagerduty", MADE_UP, 512 * 1024));
            attacker.say(part);
            if (number % 50 == 40) {
                assertThat(rig.metric("fusion_webhooks_body_bytes")).isBetween(1.0, (double) BODIES);
                assertServes();
            }
            return attacker;
        });
        assertServes();
        assertThat(rig.metric("fusion_webhooks_refused_total", "source=pagerduty", "reason=busy"))
                .isPositive();
        attackers.forEach(RawHttp::close);
        await().atMost(LIMIT).until(() -> rig.metric("fusion_webhooks_body_bytes") == 0);
    }

    /** With the right token, too, no more is held than there is room for; what does not fit is asked to come again. */
    @Test
    void tooMuchAtOnceIsAskedToComeAgain() {
        byte[] part = new byte[511 * 1024];
        List<RawHttp> senders = connections(40, number -> {
            RawHttp sender = connect();
            sender.say(RawHttp.head("POST", "/webhooks/datadog", TOKEN, 512 * 1024));
            sender.say(part);
            return sender;
        });
        await().atMost(LIMIT)
                .until(() -> rig.metric("fusion_webhooks_refused_total", "source=datadog", "reason=busy") > 0);
        assertThat(rig.metric("fusion_webhooks_body_bytes")).isBetween(BODIES / 2.0, (double) BODIES);
        assertThat(rig.hub.readiness()).isEqualTo(200);
        byte[] rest = new byte[1024];
        senders.forEach(sender -> sender.say(rest));
        List<Integer> answers = senders.stream().map(RawHttp::status).toList();
        assertThat(answers).containsOnly(202, 503).contains(202, 503);
        senders.forEach(RawHttp::close);
        assertServes();
    }

    @Test
    void bodiesWithoutAnEndAreCut() {
        byte[] chunk = FaultRig.bytes("8000\r\n" + "x".repeat(0x8000) + "\r\n");
        List<CompletableFuture<Boolean>> senders = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> {
                    try (RawHttp sender = connect()) {
                        sender.say("POST /webhooks/" + (number % 2 == 0 ? "datadog" : "pagerduty")
                                + " HTTP/1.1\r\nHost: hub\r\n"
                                + (number % 2 == 0 ? TOKEN : MADE_UP) + "Transfer-Encoding: chunked\r\n\r\n");
                        await().pollDelay(Duration.ZERO)
                                .pollInterval(Duration.ofNanos(1))
                                .atMost(LIMIT)
                                .until(() -> !sender.say(chunk));
                        return true;
                    }
                }))
                .toList();
        assertServes();
        assertThat(senders).allMatch(CompletableFuture::join);
    }

    /** All at once, since each of them takes its ten seconds. */
    @Test
    void whatDoesNotComeInTimeIsAnsweredAndCut() {
        List<String> beginnings = List.of(
                "POST /webhooks/datadog HTTP/1.1\r\nHost: hub\r\nX-",
                "GET /api/inc",
                RawHttp.head("POST", "/webhooks/datadog", TOKEN, 1_000) + "{",
                RawHttp.head("POST", "/webhooks/pagerduty", MADE_UP, 1_000) + "{",
                "POST /webhooks/datadog HTTP/1.1\r\nHost: hub\r\n" + TOKEN
                        + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1");
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (String beginning : beginnings) {
            all.add(CompletableFuture.runAsync(() -> {
                try (RawHttp slow = connect()) {
                    slow.say(beginning);
                    CompletableFuture<Boolean> drip = CompletableFuture.supplyAsync(() -> drip(slow));
                    assertThat(slow.status()).as(beginning).isEqualTo(408);
                    assertThat(slow.ends()).as(beginning).isTrue();
                    assertThat(drip.join())
                            .as("cut while it sends: %s", beginning)
                            .isTrue();
                }
            }));
        }
        all.add(CompletableFuture.runAsync(() -> {
            try (RawHttp refused = connect()) {
                refused.say(RawHttp.head("POST", "/webhooks/datadog", "", 1_000) + "{");
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.ends()).isTrue();
            }
        }));
        all.add(CompletableFuture.runAsync(() -> {
            try (RawHttp silent = connect()) {
                assertThat(silent.ends()).isTrue();
            }
        }));
        all.forEach(CompletableFuture::join);
    }

    /** A byte now and then, so that the connection is never idle; whether it was cut. */
    private static boolean drip(RawHttp slow) {
        await().pollInterval(Duration.ofMillis(500)).atMost(LIMIT).until(() -> !slow.say("0"));
        return true;
    }

    @Test
    void connectionsThatWaitMakeRoomForOthers() {
        List<RawHttp> idle = connections(CONNECTIONS + 50, number -> connect());
        assertServes();
        try (RawHttp management = new RawHttp(rig.hub.managementUrl())) {
            assertThat(management.say("GET /q/health/ready HTTP/1.1\r\nHost: hub\r\n\r\n"))
                    .isTrue();
            assertThat(management.status()).isEqualTo(200);
        }
        assertThat(idle.get(0).ends()).isTrue();
        assertThat(rig.metric("fusion_http_closed_total", "reason=made-room")).isGreaterThanOrEqualTo(50);
        idle.forEach(RawHttp::close);
    }

    @Test
    void whoDoesNotReadTheAnswersGetsNoMore() {
        String request = "GET /q/metrics HTTP/1.1\r\nHost: hub\r\n\r\n";
        List<RawHttp> deaf = connections(4, number -> {
            RawHttp one = new RawHttp(rig.hub.managementUrl(), 4_096);
            one.say(request.repeat(200));
            return one;
        });
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> rig.metric("fusion_http_closed_total", "reason=answer-not-taken") > 0);
        assertServes();
        deaf.forEach(RawHttp::close);
    }

    @Test
    void manySmallRequestsOfStrangers() {
        for (String headers : List.of("", MADE_UP, MADE_UP + "Content-Encoding: gzip\r\n")) {
            byte[] body = headers.endsWith("gzip\r\n") ? bomb() : FaultRig.bytes("{}");
            try (RawHttp stranger = connect()) {
                for (int request = 0; request < 200; request++) {
                    stranger.say(RawHttp.head("POST", "/webhooks/pagerduty", headers, body.length));
                    stranger.say(body);
                    assertThat(stranger.status()).isEqualTo(401);
                }
            }
        }
        assertThat(rig.hub
                        .log()
                        .lines()
                        .filter(line -> line.contains("A webhook of pagerduty from 127.0.0.1 was refused (401)")))
                .singleElement()
                .asString()
                .contains("fusion.webhooks.pagerduty.secret", "fusion_webhooks_refused_total");
    }

    private static byte[] bomb() {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[20 * 1024 * 1024]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}more",
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "Content-Length: -2\r\n\r\n{}",
                "Content-Length: +2\r\n\r\n{}",
                "Content-Length: two\r\n\r\n{}",
                "Content-Length: 99999999999999999999\r\n\r\n{}",
                "Content-Length : 2\r\n\r\n{}",
                "Host: twice\r\nContent-Length: 2\r\n\r\n{}",
                "X: \u0001\r\nContent-Length: 2\r\n\r\n{}",
                "No colon\r\nContent-Length: 2\r\n\r\n{}"
            })
    void malformedFramingIsRefusedAndCut(String rest) {
        for (String secret : List.of(TOKEN, "")) {
            try (RawHttp client = connect()) {
                client.say("POST /webhooks/datadog HTTP/1.1\r\nHost: hub\r\n" + secret + rest);
                // By then a stranger may have been refused for its headers.
                assertThat(client.status()).as(rest).isIn(secret.isEmpty() ? List.of(400, 401) : List.of(400));
                assertThat(client.ends()).as(rest).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: hub\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET /two words HTTP/1.1\r\nHost: hub\r\n\r\n",
                "POST /webhooks/datadog HTTP/1.0\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n"
            })
    void whatIsNoHttpIsRefusedAndCut(String text) {
        for (String url : List.of(rig.hub.url(), rig.hub.managementUrl())) {
            try (RawHttp client = new RawHttp(url)) {
                client.say(text);
                // Who speaks TLS could not read an answer; on management Vert.x itself hangs up on who speaks HTTP/2.
                boolean otherProtocol = text.startsWith("PRI") || text.startsWith("\u0016");
                assertThat(client.status()).as(text).isIn(otherProtocol ? List.of(400, 0) : List.of(400));
                assertThat(client.ends()).as(text).isTrue();
            }
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() {
        for (String head : List.of(
                "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n",
                "GET / HTTP/1.1\r\nHost: hub\r\nX: " + "x".repeat(20_000) + "\r\n",
                "GET / HTTP/1.1\r\nHost: hub\r\n" + "X: y\r\n".repeat(5_000))) {
            try (RawHttp client = connect()) {
                client.say(head + "\r\n");
                assertThat(client.status()).isEqualTo(400);
                assertThat(client.ends()).isTrue();
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTurn() {
        try (RawHttp client = connect()) {
            StringBuilder all = new StringBuilder();
            for (int number = 0; number < 30; number++) {
                String body = "{\"schema\":\"none\",\"id\":\"" + UUID.randomUUID() + "\"}";
                all.append(RawHttp.head("POST", "/webhooks/datadog", number % 3 == 0 ? "" : TOKEN, body.length()))
                        .append(body)
                        .append("GET /nothing HTTP/1.1\r\nHost: hub\r\n\r\n");
            }
            client.say(all.toString());
            for (int number = 0; number < 30; number++) {
                assertThat(client.status()).isEqualTo(number % 3 == 0 ? 401 : 202);
                assertThat(client.status()).isEqualTo(404);
            }
        }
    }

    /** And the connection goes on behind it. */
    @Test
    void bodiesThatNobodyReadsAreDropped() {
        Map<String, Integer> expected = Map.of("/nothing", 404, "/api/incidents", 405, "/webhooks/unknown", 404);
        expected.forEach((path, status) -> {
            try (RawHttp client = connect()) {
                client.say(RawHttp.head("POST", path, TOKEN, 400_000));
                client.say(new byte[400_000]);
                assertThat(client.status()).as(path).isEqualTo(status);
                client.say("GET /api/incidents HTTP/1.1\r\nHost: hub\r\n\r\n");
                assertThat(client.status()).as("after %s", path).isEqualTo(200);
            }
        });
    }

    @Test
    void whoAsksBeforeSendingIsToldWhetherTo() {
        try (RawHttp client = connect()) {
            client.say(RawHttp.head("POST", "/webhooks/datadog", TOKEN + "Expect: 100-continue\r\n", 2));
            assertThat(client.status()).isEqualTo(100);
            client.say("{}");
            assertThat(client.status()).isEqualTo(202);
            client.say(RawHttp.head("POST", "/webhooks/datadog", "Expect: 100-continue\r\n", 2));
            assertThat(client.status()).isEqualTo(401);
            assertThat(client.ends()).isTrue();
        }
    }

    /** A supervisor starts it again; without some of its threads it would do nothing. */
    @Test
    void endsWhenDirectMemoryHasRunOut() {
        try (HubProcess hub = FaultRig.settings("EndpointsUnderAttackIT-memory", rig.sandbox)
                .nats("nats://127.0.0.1:1")
                .jvmOption("-XX:MaxDirectMemorySize=1m")
                .start()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> hub.liveness() == 200);
            // Each holds what has been read of its head.
            List<RawHttp> attackers = new ArrayList<>();
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(LIMIT)
                    .until(() -> {
                        try {
                            RawHttp attacker = new RawHttp(hub.url());
                            attackers.add(attacker);
                            return !attacker.say("GET /" + "x".repeat(10_000));
                        } catch (UncheckedIOException gone) {
                            return true;
                        }
                    });
            attackers.forEach(RawHttp::close);
            assertThat(hub.awaitExit(LIMIT)).isEqualTo(3);
            assertThat(hub.log().lines().toList())
                    .last()
                    .asString()
                    .startsWith("Fusion Hub ends because memory has run out: ")
                    .contains("-XX:MaxDirectMemorySize");
        }
    }
}
