package io.xtribe.fusionhub.it;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.lab.sandbox.Sandbox;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.NatsProxy;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.SandboxClient;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The webhook endpoint of a hub that starts, stops, has lost NATS, or lacks a secret. */
class WebhookEndpointInTroubleIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static NatsServer nats;
    private static Sandbox platforms;
    private static SandboxClient sandbox;

    @BeforeAll
    static void start() {
        nats = NatsServer.start();
        platforms = Sandbox.start(SandboxOptions.defaults());
        sandbox = new SandboxClient(platforms.url());
    }

    @AfterAll
    static void stop() {
        platforms.close();
        nats.close();
    }

    @Test
    void closedEndpoint() {
        try (FaultRig own = FaultRig.start(
                "WebhookEndpointInTroubleIT-closed",
                settings -> settings.env("FUSION_WEBHOOKS_SERVICENOW_SECRET", ""))) {
            byte[] body = FaultRig.noise("servicenow");
            assertThat(own.hub.webhook("servicenow", "{}", Webhooks.serviceNow("")))
                    .isEqualTo(404);
            assertThat(own.hub.webhook(
                            "servicenow", "{}", Webhooks.headers("servicenow", Webhooks.secret("servicenow"), body)))
                    .isEqualTo(404);
            assertThat(own.hub.webhook("datadog", new String(FaultRig.noise("datadog"))))
                    .isEqualTo(202);
            assertThat(own.hub.log()).contains("/webhooks/servicenow stays closed");
        }
    }

    @Test
    void withoutNats() {
        try (NatsProxy proxy = NatsProxy.inFrontOf(nats);
                HubProcess hub = FaultRig.settings("WebhookEndpointInTroubleIT-nats", sandbox)
                        .nats(proxy.url())
                        .start()
                        .awaitReady()) {
            byte[] unauthentic = FaultRig.noise("datadog");
            for (String trouble : List.of("cut", "frozen")) {
                if (trouble.equals("cut")) {
                    proxy.cut();
                } else {
                    proxy.freeze();
                }
                // At the first moment, and again when the client has noticed.
                for (int round = 0; round < 4; round++) {
                    for (String source : FaultRig.PLATFORMS) {
                        assertAnswersInTime(hub, source, new String(FaultRig.noise(source)), 503, trouble);
                    }
                    assertAnswersInTime(hub, "datadog", "not JSON", 503, trouble);
                    assertThat(hub.webhook("datadog", new String(unauthentic), Map.of()))
                            .isEqualTo(401);
                }
                proxy.heal();
                await().atMost(LIMIT).until(() -> hub.webhook("datadog", new String(FaultRig.noise("datadog"))) == 202);
                await().atMost(LIMIT).until(() -> hub.readiness() == 200);
            }
        }
    }

    /** Twenty at once: no one waits for another. */
    @Test
    void manyWhileNatsHangs() {
        try (NatsProxy proxy = NatsProxy.inFrontOf(nats);
                HubProcess hub = FaultRig.settings("WebhookEndpointInTroubleIT-many", sandbox)
                        .nats(proxy.url())
                        .start()
                        .awaitReady()) {
            // What the client itself needs when it is first used is not measured.
            CLIENT.sendAsync(
                            HttpRequest.newBuilder(URI.create(platforms.url())).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .join();
            proxy.freeze();
            long began = System.nanoTime();
            List<Integer> answers = IntStream.range(0, 60)
                    .mapToObj(i -> {
                        byte[] body = FaultRig.noise("datadog");
                        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub.webhookUrl("datadog")))
                                .POST(BodyPublishers.ofByteArray(body));
                        Webhooks.datadog(Webhooks.secret("datadog")).forEach(request::header);
                        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
                    })
                    .toList()
                    .stream()
                    .map(answer -> answer.join().statusCode())
                    .toList();
            assertThat(answers).containsOnly(503);
            // One after the other they would take two minutes.
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            proxy.heal();
        }
    }

    /**
     * From the moment that somebody listens to the moment that nobody does any more, no webhook is told for good that
     * there is no endpoint: it would not be sent again.
     */
    @Test
    void whileStartingAndStopping() {
        HubProcess hub = FaultRig.settings("WebhookEndpointInTroubleIT-start", sandbox)
                .nats("nats://127.0.0.1:1")
                .start();
        try (hub) {
            Set<Integer> answers = new TreeSet<>();
            await().pollInterval(Duration.ofMillis(5)).atMost(LIMIT).until(() -> {
                knock(hub).ifPresent(answers::add);
                return hub.liveness() == 200 && !answers.isEmpty();
            });
            await().pollInterval(Duration.ofMillis(5))
                    .during(Duration.ofSeconds(2))
                    .atMost(LIMIT)
                    .until(() -> {
                        knock(hub).ifPresent(answers::add);
                        return answers.equals(Set.of(503));
                    });
            assertThat(hub.readiness()).isEqualTo(503);
            assertAnswersInTime(hub, "datadog", new String(FaultRig.noise("datadog")), 503, "not there at start");
            CompletableFuture<Integer> end = CompletableFuture.supplyAsync(hub::terminate);
            await().pollInterval(Duration.ofMillis(5)).atMost(LIMIT).until(() -> {
                knock(hub).ifPresent(answers::add);
                return end.isDone();
            });
            assertThat(answers).containsExactly(503);
        }
    }

    /** Whatever goes wrong, no secret is told. */
    @Test
    void secretsStaySecret() {
        Map<String, String> secrets = Map.of(
                "FUSION_DATADOG_API_KEY", "s3cret-datadog-api",
                "FUSION_DATADOG_APP_KEY", "s3cret-datadog-app",
                "FUSION_SERVICENOW_PASSWORD", "s3cret-servicenow",
                "FUSION_PAGERDUTY_TOKEN", "s3cret-pagerduty",
                "FUSION_API_TOKEN", "s3cret-api",
                "FUSION_WEBHOOKS_DATADOG_SECRET", "s3cret-endpoint-datadog",
                "FUSION_WEBHOOKS_SERVICENOW_SECRET", "s3cret-endpoint-servicenow",
                "FUSION_WEBHOOKS_PAGERDUTY_SECRET", "s3cret-endpoint-pagerduty");
        try (FaultRig own = FaultRig.start("WebhookEndpointInTroubleIT-secrets", settings -> {
            secrets.forEach(settings::env);
            return settings.env("QUARKUS_LOG_CATEGORY__IO_XTRIBE__LEVEL", "DEBUG");
        })) {
            String title = "secrets stay secret";
            for (String source : FaultRig.PLATFORMS) {
                byte[] body = FaultRig.bytes("not JSON");
                String secret = secrets.get("FUSION_WEBHOOKS_" + source.toUpperCase(Locale.ROOT) + "_SECRET");
                assertThat(own.hub.webhook(source, "not JSON", Webhooks.headers(source, secret, body)))
                        .isEqualTo(202);
                assertThat(own.hub.webhook(source, "not JSON", Map.of("X-Fusion-Token", secret + "x")))
                        .isEqualTo(401);
            }
            String trigger = FaultRig.monitor(title, "P1").toString();
            // The sandbox knows none of these credentials: every platform refuses us, and says so in many places.
            assertThat(own.hub.webhook(
                            "datadog", trigger, Webhooks.datadog(secrets.get("FUSION_WEBHOOKS_DATADOG_SECRET"))))
                    .isEqualTo(202);
            await().atMost(LIMIT)
                    .until(() -> FaultRig.stream(own.hub.health().path("checks"))
                                    .flatMap(check -> FaultRig.stream(check.path("data")))
                                    .filter(data -> data.asText().startsWith("paused"))
                                    .count()
                            == 3);
            String id = own.id(title);
            own.sandbox.settings(Map.of(
                    "credentials",
                    Map.of(
                            "datadog.apiKey", "s3cret-datadog-api",
                            "datadog.appKey", "s3cret-datadog-app",
                            "servicenow.password", "s3cret-servicenow",
                            "pagerduty.token", "s3cret-pagerduty")));
            own.sandbox.fault("servicenow", "create-incident").drop().inject();
            own.sandbox.fault("pagerduty", "create-incident").status(400).inject();
            own.awaitLinked(title, LIMIT);
            String told = own.hub.log()
                    + own.hub.incidents()
                    + own.hub.incident(id)
                    + own.hub.metrics()
                    + own.hub.health()
                    + own.sandbox.records()
                    + own.deadLetters();
            assertThat(told).doesNotContain("s3cret");
            assertThat(told)
                    .doesNotContain(Base64.getEncoder().encodeToString(FaultRig.bytes("fusion:s3cret-servicenow")));
        }
    }

    /** The answer to one webhook; empty when nobody listens, or the connection ends: then it is sent again, too. */
    private static Optional<Integer> knock(HubProcess hub) {
        try {
            return Optional.of(hub.webhook("datadog", new String(FaultRig.noise("datadog"))));
        } catch (UncheckedIOException nobody) {
            return Optional.empty();
        }
    }

    private static void assertAnswersInTime(HubProcess hub, String source, String body, int status, String why) {
        long began = System.nanoTime();
        assertThat(hub.webhook(source, body)).as("%s, NATS %s", source, why).isEqualTo(status);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("%s, NATS %s", source, why)
                .isLessThan(Duration.ofSeconds(3));
    }
}
