package io.xtribe.fusionhub.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.Letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the hub made on NATS is deleted or changed under it: it is there again within one relist, or said. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NatsUpkeepIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(30);

    private static Rig rig;
    private static HubProcess hub;

    @BeforeAll
    static void start() {
        rig = Rig.start("NatsUpkeepIT");
        hub = rig.hub().start().awaitReady();
    }

    @AfterAll
    static void stop() {
        hub.close();
        rig.close();
    }

    @Order(1)
    @ParameterizedTest
    @ValueSource(
            strings = {
                Names.SIGNALS,
                Names.DEAD_LETTERS,
                Names.TIMELINE,
                Names.EVENTS,
                "KV_" + Names.INCIDENTS_BUCKET,
                "KV_" + Names.WORK_BUCKET,
                "KV_" + Names.REFS_BUCKET
            })
    void makesAgainWhatWasDeleted(String stream) throws Exception {
        pagesAndLinks("before " + stream);
        var made = management().getStreamInfo(stream);

        management().deleteStream(stream);
        pagesAndLinks("after " + stream);

        // Not everything is needed before an incident is linked.
        await().atMost(SOON).until(() -> management().getStreamNames().contains(stream));
        var again = management().getStreamInfo(stream);
        assertThat(again.getCreateTime()).isAfter(made.getCreateTime());
        assertThat(again.getConfiguration().getSubjects())
                .isEqualTo(made.getConfiguration().getSubjects());
        assertThat(again.getConfiguration().getMaxBytes())
                .isEqualTo(made.getConfiguration().getMaxBytes());
        assertThat(hub.log()).contains("Was missing on NATS and is made again: ");
        buriesADeadLetter();
    }

    @Test
    @Order(2)
    void makesTheConsumerAgainAndDoesNotStartOver() throws Exception {
        pagesAndLinks("before the consumer");
        double outcomes = hub.metric("fusion_signals_total").orElse(0);
        long stored = management().getStreamInfo(Names.SIGNALS).getStreamState().getMsgCount();
        // The next look has remembered how far it was.
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> true);

        management().deleteConsumer(Names.SIGNALS, Names.INTAKE_CONSUMER);
        pagesAndLinks("after the consumer");

        assertThat(stored).isGreaterThan(2);
        assertThat(hub.metric("fusion_signals_total").orElse(0)).isEqualTo(outcomes + 1);
        assertThat(rig.consumer().getConsumerConfiguration().getMaxAckPending()).isEqualTo(256);
    }

    @Test
    @Order(3)
    void makesTheConsumerDeliverAgainThatWasTurnedElsewhere() throws Exception {
        var right = rig.consumer().getConsumerConfiguration();
        management().deleteConsumer(Names.SIGNALS, Names.INTAKE_CONSUMER);
        management()
                .addOrUpdateConsumer(
                        Names.SIGNALS,
                        ConsumerConfiguration.builder(right)
                                .deliverSubject("elsewhere")
                                .build());

        pagesAndLinks("turned elsewhere");

        assertThat(rig.consumer().getConsumerConfiguration().getDeliverSubject())
                .isEqualTo(Names.INTAKE_SUBJECT);
        assertThat(hub.log())
                .contains("Corrected on NATS, it was: consumer signals-intake (not delivering to "
                        + Names.INTAKE_SUBJECT);
    }

    /** Of an incident whose record is gone nothing is claimed any more. */
    @Test
    @Order(4)
    void forgetsWhatWasInADeletedBucket() throws Exception {
        pagesAndLinks("to be forgotten");

        management().deleteStream("KV_" + Names.INCIDENTS_BUCKET);

        await().atMost(SOON).until(() -> incident("to be forgotten").isEmpty());
        pagesAndLinks("after all was forgotten");
    }

    @Test
    @Order(5)
    void onlySaysInVerifyModeWhatIsMissing() throws Exception {
        hub.close();
        hub = rig.hub().env("FUSION_NATS_MANAGE", "verify").start().awaitReady();
        StreamConfiguration events = management().getStreamInfo(Names.EVENTS).getConfiguration();

        management().deleteStream(Names.EVENTS);

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(check("NATS").at("/data/missing").asText()).contains("stream " + Names.EVENTS));
        assertThat(hub.readiness()).isEqualTo(503);
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> true);
        assertThat(hub.log().lines().filter(line -> line.contains("ERROR") && line.contains("missing on NATS")))
                .singleElement()
                .asString()
                .contains("fusion.nats.manage=create");
        assertThat(management().getStreamNames()).doesNotContain(Names.EVENTS);

        management().addStream(events);
        await().atMost(SOON).until(() -> hub.readiness() == 200);
        pagesAndLinks("after somebody made it");
    }

    /** Signals that can be neither taken in nor buried fill the consumer's window: then nothing else comes in. */
    @Test
    @Order(6)
    void readinessTellsOfAFullWindowInWhichNothingMoves() throws Exception {
        StreamConfiguration incidents =
                management().getStreamInfo("KV_" + Names.INCIDENTS_BUCKET).getConfiguration();
        management().deleteStream("KV_" + Names.INCIDENTS_BUCKET);
        for (int number = 0; number < 300; number++) {
            // The end of something unknown: noise, once the store has been asked.
            publish(Rig.alert("unknown " + number, Map.of("alert_transition", "Recovered")));
        }

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        check("intake").at("/data/trouble").asText())
                .contains("256 signals are delivered and none was acknowledged for"));
        assertThat(hub.readiness()).isEqualTo(503);
        assertThat(check("intake").at("/data/unacknowledged").asInt()).isEqualTo(256);
        assertThat(check("intake").at("/data/redelivered").asInt()).isPositive();

        management().addStream(incidents);
        await().atMost(SOON).until(() -> hub.readiness() == 200);
        pagesAndLinks("after the window was full");
        await().atMost(SOON)
                .until(() -> hub.metric("fusion_signals_redelivered_total", "source=datadog")
                                .orElse(0)
                        > 0);
        assertThat(hub.log()
                        .lines()
                        .filter(line -> line.contains("comes again, delivery"))
                        .count())
                .isBetween(1L, 3L);
        assertThat(Letters.all(rig.connection()).stream()
                        .map(letter -> Letters.json(letter).path("class").asText()))
                .doesNotContain("unexpected");
    }

    private static void buriesADeadLetter() throws Exception {
        String mark = "not JSON " + UUID.randomUUID();
        rig.connection().jetStream().publish(Names.signals("datadog"), mark.getBytes(StandardCharsets.UTF_8));
        await().atMost(SOON)
                .until(() -> DeadLetterBox.read(rig.nats()).stream().anyMatch(letter -> letter.endsWith(mark)));
    }

    private static void pagesAndLinks(String what) {
        String title = what + " " + UUID.randomUUID();
        await().atMost(SOON).until(() -> hub.webhook("datadog", Rig.alert(title)) == 202);
        await().atMost(SOON).untilAsserted(() -> assertThat(incident(title).hasNonNull("linkedAt"))
                .as("%s is linked; %s", title, hub.health())
                .isTrue());
        await().atMost(SOON).until(() -> hub.readiness() == 200);
        PlatformRecords.of(rig.platforms()).assertLinked(title, PlatformRecords.StartedOn.ELSEWHERE);
    }

    private static void publish(String body) throws Exception {
        var event = new CloudEvent(
                "datadog:" + UUID.randomUUID(),
                "datadog",
                "datadog.alert",
                Instant.now(),
                RoutingHints.NONE,
                JSON.readTree(body));
        rig.connection().jetStream().publish(Names.signals("datadog"), event.toBytes());
    }

    private static JsonNode check(String name) {
        for (JsonNode check : hub.health().path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        return JSON.createObjectNode();
    }

    /** The incident whose title begins so, or an empty object. */
    private static JsonNode incident(String title) {
        for (JsonNode row : hub.incidents().findParents("title")) {
            if (row.path("title").asText().startsWith(title)) {
                return row;
            }
        }
        return JSON.createObjectNode();
    }

    private static JetStreamManagement management() throws Exception {
        return rig.connection().jetStreamManagement();
    }
}
