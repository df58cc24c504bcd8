package io.xtribe.fusionhub.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.xtribe.fusionhub.catalogue.CatalogueFile;
import io.xtribe.fusionhub.catalogue.InvalidCatalogueException;
import io.xtribe.fusionhub.intake.DeadLetters;
import io.xtribe.fusionhub.lab.sandbox.Sandbox;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.signal.DeadLetterClass;
import io.xtribe.fusionhub.testing.Hints;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.Letters;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.SandboxClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** The golden cases at the webhook endpoint of a packaged hub. What opens nothing comes first, while nothing is known. */
@TestMethodOrder(OrderAnnotation.class)
class WebhookCasesIT {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String CATALOGUE = "services.csv";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static NatsServer nats;
    private static Sandbox sandbox;
    private static HubProcess hub;
    private static Connection connection;
    private static JetStreamManagement streams;

    @BeforeAll
    static void start() throws Exception {
        nats = NatsServer.start();
        sandbox = Sandbox.start(SandboxOptions.defaults());
        var settings = HubProcess.builder("WebhookCasesIT")
                .nats(nats.url())
                .sandbox(new SandboxClient(sandbox.url()))
                .env("FUSION_MODE", "observe")
                .env(
                        "FUSION_CATALOGUE",
                        catalogue(CATALOGUE).catalogue().toAbsolutePath().toString());
        for (var source : new String[] {"datadog", "servicenow", "pagerduty"}) {
            settings.env("FUSION_WEBHOOKS_" + source.toUpperCase(Locale.ROOT) + "_SECRET", EdgeCase.secrets(source));
        }
        hub = settings.start().awaitReady();
        connection = nats.connect();
        streams = connection.jetStreamManagement();
        // Many cases are the same delivery with something changed.
        streams.updateStream(
                StreamConfiguration.builder(streams.getStreamInfo(Names.SIGNALS).getConfiguration())
                        .duplicateWindow(Duration.ofMillis(100))
                        .build());
    }

    @AfterAll
    static void stop() throws Exception {
        if (connection != null) {
            connection.close();
        }
        if (hub != null) {
            hub.close();
        }
        sandbox.close();
        nats.close();
    }

    private static EdgeCase catalogue(String name) {
        return EdgeCase.all().stream()
                .filter(edge -> edge.catalogue().endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<EdgeCase> cases(String outcome) {
        return EdgeCase.all().stream().filter(edge -> edge.json().has(outcome)).filter(edge -> edge.catalogue()
                .endsWith(CATALOGUE));
    }

    static Stream<EdgeCase> noise() {
        return cases("noise");
    }

    static Stream<EdgeCase> refused() {
        return cases("refused");
    }

    static Stream<EdgeCase> letters() {
        return cases("letter");
    }

    static Stream<EdgeCase> notUnderstood() {
        return cases("notUnderstood");
    }

    static Stream<EdgeCase> events() {
        return cases("event");
    }

    static Stream<EdgeCase> withWrongCatalogues() {
        return EdgeCase.all().stream().filter(edge -> !edge.catalogue().endsWith(CATALOGUE));
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("noise")
    void dropsNoise(EdgeCase edge) throws Exception {
        var noise = noiseSoFar();

        store(edge);

        await().atMost(LIMIT).until(() -> {
            var consumer = streams.getConsumerInfo(Names.SIGNALS, Names.INTAKE_CONSUMER);
            return consumer.getNumPending() == 0 && consumer.getNumAckPending() == 0;
        });
        assertThat(noiseSoFar()).isEqualTo(noise + 1);
        assertThat(hub.incidents()).isEmpty();
    }

    private static double noiseSoFar() {
        return hub.metric("fusion_signals_total", "outcome=noise").orElse(0);
    }

    @Order(2)
    @ParameterizedTest
    @MethodSource("refused")
    void refuses(EdgeCase edge) throws Exception {
        var signals = last(Names.SIGNALS);
        var letters = last(Names.DEAD_LETTERS);
        var status = edge.json().at("/refused/endpoint").asInt();

        assertThat(post(edge)).isEqualTo(status);

        assertThat(last(Names.SIGNALS)).isEqualTo(signals);
        assertThat(last(Names.DEAD_LETTERS)).isEqualTo(status == 202 ? letters + 1 : letters);
        if (status == 202) {
            var letter = streams.getMessage(Names.DEAD_LETTERS, letters + 1);
            assertThat(letter.getSubject()).isEqualTo(Names.deadLetters(edge.source()));
            assertThat(letter.getHeaders().getFirst(DeadLetters.REASON)).contains(edge.refusal());
            assertThat(Letters.body(Letters.json(letter))).isEqualTo(edge.body());
        }
    }

    /** Stored as any signal, and a dead letter when it is taken in. */
    @Order(2)
    @ParameterizedTest
    @MethodSource({"letters", "notUnderstood"})
    void keepsWhatItDoesNotUnderstand(EdgeCase edge) throws Exception {
        var letters = last(Names.DEAD_LETTERS);

        store(edge);

        await().atMost(LIMIT).until(() -> last(Names.DEAD_LETTERS) == letters + 1);
        var letter = streams.getMessage(Names.DEAD_LETTERS, letters + 1);
        assertThat(letter.getSubject()).isEqualTo(Names.deadLetters(edge.source()));
        assertThat(Letters.json(letter).path("class").asText()).isEqualTo(DeadLetterClass.NOT_UNDERSTOOD.wireName());
        assertThat(Letters.json(letter).path("reason").asText())
                .startsWith(edge.isLetter() ? edge.refusal() : edge.notUnderstood());
        assertThat(hub.incidents()).isEmpty();
    }

    @Order(3)
    @ParameterizedTest
    @MethodSource("events")
    void storesTheEvent(EdgeCase edge) throws Exception {
        store(edge);

        var message = streams.getMessage(Names.SIGNALS, last(Names.SIGNALS));
        var event = (ObjectNode) EdgeCase.JSON.readTree(message.getData());
        assertThat(event.remove("time").asText()).matches("20\\d\\d-.*Z");
        assertThat(event).isEqualTo(edge.event());
        assertThat(message.getSubject()).isEqualTo(Names.signals(edge.source()));
        assertThat(message.getHeaders().getFirst("Nats-Msg-Id"))
                .isEqualTo(event.path("id").asText());
    }

    /** Vector lives with such a catalogue and takes neither row; a hub does not start with it. */
    @Order(4)
    @ParameterizedTest
    @MethodSource("withWrongCatalogues")
    void takesNoCatalogueWithDuplicates(EdgeCase edge) {
        assertThatExceptionOfType(InvalidCatalogueException.class)
                .isThrownBy(() -> CatalogueFile.read(edge.catalogue(), Hints.COLUMNS))
                .withMessageContaining("already");
    }

    /** Sends it until NATS no longer takes it for the delivery of the case before. */
    private static void store(EdgeCase edge) throws Exception {
        var before = last(Names.SIGNALS);
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    assertThat(post(edge)).isEqualTo(202);
                    return last(Names.SIGNALS) == before + 1;
                });
    }

    private static long last(String stream) throws Exception {
        return streams.getStreamInfo(stream).getStreamState().getLastSequence();
    }

    private static int post(EdgeCase edge) throws Exception {
        var body = edge.json().at("/request/contentEncoding").asText().equals("gzip")
                ? compressed(edge.body())
                : edge.body();
        var request = HttpRequest.newBuilder(URI.create(hub.webhookUrl(edge.source())))
                .timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        edge.headers().forEach(request::header);
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static byte[] compressed(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }
}
