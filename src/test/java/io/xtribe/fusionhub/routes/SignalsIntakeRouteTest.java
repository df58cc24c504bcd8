package io.xtribe.fusionhub.routes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.intake.DeadLetters;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.testing.Letters;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SignalsIntakeRouteTest extends NatsRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many records stood when a signal was about to be acknowledged. */
    private final List<Integer> recordsBeforeAcknowledging = new CopyOnWriteArrayList<>();

    private final Map<String, Object> headers = new ConcurrentHashMap<>();

    @Override
    List<String> routeFiles() {
        return List.of(
                "error-handling.camel.yaml",
                "signals.camel.yaml",
                "platforms/datadog/datadog.camel.yaml",
                "platforms/pagerduty/pagerduty.camel.yaml",
                "platforms/servicenow/servicenow.camel.yaml");
    }

    /** Of the platforms only their mappings: nothing else of them may be called. */
    @Override
    protected CamelContext createCamelContext() throws Exception {
        var camel = (ModelCamelContext) super.createCamelContext();
        camel.removeRouteDefinitions(camel.getRouteDefinitions().stream()
                .filter(route -> !route.getRouteId().matches("signals-intake|.*-signal"))
                .toList());
        return camel;
    }

    @Override
    String route() {
        return "signals-intake";
    }

    @Override
    void prepare() throws Exception {
        AdviceWith.adviceWith(context, "signals-intake", route -> {
            route.weaveById("signals-intake-open")
                    .before()
                    .process(exchange -> headers.putAll(exchange.getIn().getHeaders()));
            route.weaveById("signals-intake-map")
                    .before()
                    .setProperty("failing")
                    .exchange(this::failWhereTheTitleSaysSo);
            route.weaveById("signals-intake-acknowledge")
                    .before()
                    .process(exchange -> recordsBeforeAcknowledging.add(store.size()));
        });
    }

    private static byte[] envelope(String source, JsonNode data) {
        return new CloudEvent(source + ":1", source, source + ".incident", Instant.now(), RoutingHints.NONE, data)
                .toBytes();
    }

    private static byte[] trigger() throws Exception {
        return envelope("datadog", JSON.readTree(Webhooks.fresh("datadog/monitor-triggered-p1")));
    }

    private void publish(byte[] signal) throws Exception {
        publish(signal, new Headers());
    }

    private void publish(byte[] signal, Headers with) throws Exception {
        publish(NatsMessage.builder()
                .subject(Names.signals("datadog"))
                .headers(with)
                .data(signal)
                .build());
    }

    private ConsumerInfo intake() throws Exception {
        return management().getConsumerInfo(Names.SIGNALS, Names.INTAKE_CONSUMER);
    }

    private void awaitAcknowledged() {
        await().atMost(SOON).until(() -> intake().getAckFloor().getStreamSequence() == 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "datadog/monitor-triggered-p1",
                "datadog/incident-declared-sev1",
                "servicenow/created-p1",
                "pagerduty/triggered-p1-manual"
            })
    void acknowledgesATriggerAfterItsRecordStands(String webhook) throws Exception {
        publish(envelope(webhook.substring(0, webhook.indexOf('/')), JSON.readTree(Webhooks.fresh(webhook))));

        awaitAcknowledged();
        assertThat(recordsBeforeAcknowledging).containsExactly(1);
        assertThat(work.ids()).hasSize(1);
        assertThat(store.get(work.ids().get(0)).priority()).isEqualTo(Priority.P1);
        assertThat(writes()).as("a signal never calls a platform").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog/monitor-triggered-p3", "datadog/monitor-test", "pagerduty/unknown-event-type"})
    void acknowledgesNoiseAndKeepsNothing(String webhook) throws Exception {
        publish(envelope(webhook.substring(0, webhook.indexOf('/')), JSON.readTree(Webhooks.fresh(webhook))));

        awaitAcknowledged();
        assertThat(store.size()).isZero();
        assertThat(work.ids()).isEmpty();
        assertThat(stored(Names.DEAD_LETTERS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "this is not JSON",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/datadog\",\"type\":\"datadog.alert\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/jira\",\"type\":\"jira.issue\","
                        + "\"time\":\"2026-01-31T12:00:00Z\",\"data\":{}}"
            })
    void buriesWhatItCannotUnderstandAndAcknowledgesIt(String signal) throws Exception {
        publish(signal.getBytes(StandardCharsets.UTF_8));

        awaitAcknowledged();
        var letter = management().getMessage(Names.DEAD_LETTERS, 1);
        assertThat(new String(Letters.body(Letters.json(letter)), StandardCharsets.UTF_8))
                .isEqualTo(signal);
        assertThat(letter.getHeaders().getFirst(DeadLetters.REASON)).isNotEmpty();
        assertThat(intake().getRedelivered()).isZero();
    }

    /** What nobody thought of: the handling of these signals fails in this way, every time. */
    private final Map<String, Throwable> failures = Map.of(
            "fails by a bug", new IllegalArgumentException("Control line is too long\nand more"),
            "fails by an error", new StackOverflowError(),
            "fails by linkage", new NoClassDefFoundError("x"));

    private Object failWhereTheTitleSaysSo(Exchange exchange) {
        var signal = exchange.getIn().getBody(String.class);
        if (signal.contains("fails late") && redelivered() >= 6) {
            throw new IllegalArgumentException("not by itself, but as often as it comes now");
        }
        for (var failure : failures.entrySet()) {
            if (signal.contains(failure.getKey())) {
                sneaky(failure.getValue());
            }
        }
        // As if the process had ended here: neither acknowledged nor given back.
        exchange.setRouteStop(signal.contains("kills the hub") || signal.contains("fails late"));
        return "not";
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    private static byte[] titled(String title) throws Exception {
        var data = (ObjectNode) JSON.readTree(Webhooks.fresh("datadog/monitor-triggered-p1"));
        var unique = title + UUID.randomUUID();
        data.put("alert_title", title).put("alert_cycle_key", unique).put("alert_scope", unique);
        return envelope("datadog", data);
    }

    private void redeliverAfter(Duration wait) throws Exception {
        management()
                .addOrUpdateConsumer(
                        Names.SIGNALS,
                        ConsumerConfiguration.builder(intake().getConsumerConfiguration())
                                .ackWait(wait)
                                .build());
    }

    private List<JsonNode> letters() {
        return Letters.all(link.connection()).stream().map(Letters::json).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fails by a bug", "fails by an error", "fails by linkage"})
    void buriesWhatFailsUnexpectedlyAfterAFewDeliveries(String title) throws Exception {
        publish(titled(title));

        await().atMost(SOON.multipliedBy(3)).until(() -> intake().getAckFloor().getStreamSequence() == 1);
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.path("class").asText()).isEqualTo("unexpected");
            assertThat(letter.path("deliveries").asInt()).isEqualTo(3);
            assertThat(letter.path("sequence").asInt()).isEqualTo(1);
            assertThat(letter.path("source").asText()).isEqualTo("datadog");
            assertThat(letter.path("reason").asText())
                    .startsWith("an unexpected ")
                    .doesNotContain("Control line");
        });
        assertThat(metrics.get("fusion.signals.redelivered")
                        .tag("source", "datadog")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(store.size()).isZero();
    }

    /** What came before may have been NATS, the store, or hubs that stopped: nothing of which the signal is the cause. */
    @Test
    void countsItsOwnFailuresAndNotTheDeliveriesBeforeThem() throws Exception {
        redeliverAfter(Duration.ofMillis(300));
        publish(titled("fails late"));

        await().atMost(SOON.multipliedBy(4)).until(() -> intake().getAckFloor().getStreamSequence() == 1);

        assertThat(letters())
                .singleElement()
                .extracting(letter -> letter.path("deliveries").asInt())
                .isEqualTo(9);
    }

    @Test
    void buriesASignalThatNoDeliverySurvived() throws Exception {
        redeliverAfter(Duration.ofMillis(300));
        publish(titled("kills the hub"));
        publish(titled("a good one"));

        await().atMost(SOON.multipliedBy(4)).until(() -> intake().getAckFloor().getStreamSequence() == 2);
        assertThat(store.size()).isEqualTo(1);
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.path("class").asText()).isEqualTo("unexpected");
            assertThat(letter.path("deliveries").asInt()).isEqualTo(10);
            assertThat(letter.path("reason").asText()).contains("9 deliveries had no outcome");
        });
        assertThat(link.bucket(Names.REFS_BUCKET).keys()).isEmpty();
    }

    @Test
    void doesNotBuryWhatComesAgainBecauseTheStoreIsAway() throws Exception {
        redeliverAfter(Duration.ofMillis(300));
        store.setAway(true);
        publish(trigger());
        // More deliveries than a signal survives that the hub dies of.
        await().atMost(SOON.multipliedBy(8)).until(() -> redelivered() > 11);
        assertThat(letters()).isEmpty();

        store.setAway(false);
        awaitAcknowledged();
        assertThat(store.size()).isEqualTo(1);
    }

    private double redelivered() {
        var counter = metrics.find("fusion.signals.redelivered").counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void paysNoHeedToPoisonThatFillsTheWindowOfTheConsumer() throws Exception {
        for (var number = 0; number < 300; number++) {
            publish(titled(number % 2 == 0 ? "fails by a bug" : "fails by an error"));
        }
        publish(titled("a good one"));

        await().atMost(SOON.multipliedBy(8)).until(() -> intake().getAckFloor().getStreamSequence() == 301);
        assertThat(store.size()).isEqualTo(1);
        assertThat(letters()).hasSize(300);
        assertThat(metrics.get("fusion.dead.letters")
                        .tag("class", "unexpected")
                        .counter()
                        .count())
                .isEqualTo(300);
    }

    @Test
    void keepsTheSignalWithNatsWhileItsDeadLetterCannotBeStored() throws Exception {
        var letters = management().getStreamInfo(Names.DEAD_LETTERS).getConfiguration();
        management().deleteStream(Names.DEAD_LETTERS);
        publish("not JSON".getBytes(StandardCharsets.UTF_8));
        await().atMost(SOON).until(() -> redelivered() > 0);
        assertThat(intake().getAckFloor().getStreamSequence()).isZero();

        management().addStream(letters);
        await().atMost(SOON.multipliedBy(4)).until(() -> intake().getAckFloor().getStreamSequence() == 1);
        assertThat(letters()).hasSize(1);
    }

    @Test
    void storesALetterWithoutItsBodyWhereTheStreamTakesNoneOfThatSize() throws Exception {
        var letters = management().getStreamInfo(Names.DEAD_LETTERS).getConfiguration();
        management()
                .updateStream(StreamConfiguration.builder(letters)
                        .maximumMessageSize(2_000)
                        .build());

        publish(("{\"specversion\":\"" + "x".repeat(100_000) + "\"}").getBytes(StandardCharsets.UTF_8));

        awaitAcknowledged();
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.path("bodyTruncated").asBoolean()).isTrue();
            assertThat(letter.path("bodyBytes").asInt()).isGreaterThan(100_000);
            assertThat(letter.path("bodyBase64").asText()).isEmpty();
        });
    }

    @Test
    void tellsAWordThatNoTableHas() throws Exception {
        var alert = (ObjectNode) JSON.readTree(Webhooks.fresh("datadog/monitor-triggered-p1"));
        publish(envelope("datadog", alert));
        awaitAcknowledged();
        alert.put("alert_transition", "Muted");
        alert.put("id", "another");

        publish(envelope("datadog", alert));

        await().atMost(SOON).until(() -> intake().getAckFloor().getStreamSequence() == 2);
        assertThat(metrics.counter("fusion.words.unknown", "platform", "datadog", "field", "status")
                        .count())
                .isOne();
        var id = CorrelationId.derive(
                "datadog",
                alert.at("/org/id").asText(),
                alert.path("alert_cycle_key").asText());
        assertThat(timeline.texts(id)).anyMatch(text -> text.contains("'Muted' of monitor is in no table"));
    }

    private void publishAll(byte[]... signals) throws Exception {
        var before = stored(Names.SIGNALS);
        for (var signal : signals) {
            publish(signal);
        }
        await().atMost(SOON).until(() -> intake().getAckFloor().getStreamSequence() == before + signals.length);
    }

    private static ObjectNode alert() throws Exception {
        return (ObjectNode) JSON.readTree(Webhooks.fresh("datadog/monitor-triggered-p1"));
    }

    private static byte[] alert(String transition, String priority, Duration ago) throws Exception {
        var time = Long.toString(Instant.now().minus(ago).toEpochMilli());
        return envelope(
                "datadog",
                alert().put("alert_transition", transition)
                        .put("alert_priority", priority)
                        .put("date", time)
                        .put("last_updated", time)
                        .put("id", UUID.randomUUID().toString()));
    }

    private double dropped(String source, String reason) {
        return metrics.counter("fusion.signals", "source", source, "outcome", "noise", "reason", reason)
                .count();
    }

    /** Nobody may be left unpaged because a webhook has no template, or has a word that no table has. */
    @Test
    void buriesWhatMayBeUrgentAndIsNotUnderstood() throws Exception {
        publishAll(
                envelope("datadog", JSON.readTree("{\"title\": \"[Triggered] x\", \"event_type\": \"y\"}")),
                envelope("servicenow", JSON.readTree("{\"table\": \"incident\", \"priority\": \"1\"}")),
                envelope("pagerduty", JSON.readTree("{\"messages\": []}")),
                alert("Escalated", "P1", Duration.ZERO),
                alert("Triggered", "Urgent", Duration.ZERO));

        assertThat(letters())
                .hasSize(5)
                .allSatisfy(letter -> {
                    assertThat(letter.path("class").asText()).isEqualTo("not-understood");
                    assertThat(letter.path("remedy").asText()).isNotBlank();
                })
                .extracting(letter -> letter.path("reason").asText())
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).startsWith("Datadog's default payload"),
                        reason -> assertThat(reason).contains("its members are priority, table"),
                        reason -> assertThat(reason).startsWith("a webhook of version 2"),
                        reason -> assertThat(reason).startsWith("status 'Escalated' of monitor is in no table"),
                        reason -> assertThat(reason).startsWith("priority 'Urgent' of monitor is in no table"));
        assertThat(metrics.counter("fusion.words.unknown", "platform", "datadog", "field", "event")
                        .count())
                .isOne();
        assertThat(store.size()).isZero();
    }

    @Test
    void tellsAnEventThatItDoesNotKnowToItsIncident() throws Exception {
        var page = (ObjectNode) JSON.readTree(Webhooks.fresh("pagerduty/triggered-p1-manual"));
        publishAll(envelope("pagerduty", page));
        ((ObjectNode) page.path("event")).put("event_type", "incident.exploded");

        publishAll(envelope("pagerduty", page));

        assertThat(letters()).isEmpty();
        assertThat(timeline.texts(work.ids().get(0)))
                .anyMatch(text -> text.contains("event type 'incident.exploded' is not known"));
    }

    @Test
    void countsNoiseByItsReason() throws Exception {
        publishAll(
                alert("Triggered", "P3", Duration.ZERO),
                alert("Triggered", "", Duration.ZERO),
                alert("Warn", "P1", Duration.ZERO),
                alert("Escalated", "P4", Duration.ZERO),
                envelope("pagerduty", JSON.readTree(Webhooks.fresh("pagerduty/ping"))));

        assertThat(dropped("datadog", "priority P3 does not open")).isOne();
        assertThat(dropped("datadog", "no priority")).isOne();
        assertThat(dropped("datadog", "'Warn' does not open")).isOne();
        assertThat(dropped("datadog", "priority P4 does not open")).isOne();
        assertThat(dropped("pagerduty", "event type that is not needed")).isOne();
        assertThat(letters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"incident.priority_updated", "incident.reopened"})
    void opensAPageThatBecomesUrgentLater(String event) throws Exception {
        var page = (ObjectNode) JSON.readTree(Webhooks.fresh("pagerduty/triggered-p1-manual"));
        var data = (ObjectNode) page.at("/event/data");
        var priority = data.path("priority").deepCopy();
        data.putNull("priority");
        publishAll(envelope("pagerduty", page));
        assertThat(store.size()).isZero();
        data.set("priority", priority);
        ((ObjectNode) page.path("event")).put("event_type", event);

        publishAll(envelope("pagerduty", page));

        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void opensNothingThatIsLowered() throws Exception {
        var page = (ObjectNode) JSON.readTree(Webhooks.fresh("pagerduty/triggered-p1-manual"));
        ((ObjectNode) page.path("event")).put("event_type", "incident.priority_updated");
        ((ObjectNode) page.at("/event/data/priority")).put("summary", "P3");

        publishAll(envelope("pagerduty", page));

        assertThat(store.size()).isZero();
        assertThat(dropped("pagerduty", "priority P3 does not open")).isOne();
    }

    /** The monitor that opened nothing: its first notification was lost, or its priority was raised since. */
    @ParameterizedTest
    @ValueSource(strings = {"Re-Triggered", "Re-No Data", "Renotify", "re-triggered"})
    void opensForARepeatedAlertThatNobodyKnows(String transition) throws Exception {
        publishAll(alert(transition, "P1", Duration.ZERO));

        assertThat(store.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Recovered", "recovered", "Recovered from No Data", "OK"})
    void opensNothingWhoseEndCameBeforeIt(String transition) throws Exception {
        publishAll(alert(transition, "", Duration.ofSeconds(5)));
        publishAll(alert("Triggered", "P1", Duration.ofSeconds(65)));

        assertThat(store.size()).isZero();
        assertThat(dropped("datadog", "its end was told before it")).isOne();

        publishAll(alert("Triggered", "P1", Duration.ZERO));

        assertThat(store.size()).as("it began anew").isEqualTo(1);
    }

    /** One hub takes the end, another the beginning, and neither sees the other's at first. */
    @Test
    void endsWhatItOpenedWhileAnotherHubWasToldOfItsEnd() throws Exception {
        publishAll(alert("Recovered", "P1", Duration.ofSeconds(5)));
        ends.comeLate();

        publishAll(alert("Triggered", "P1", Duration.ofSeconds(65)));

        assertThat(store.get(work.ids().get(0)).status()).isEqualTo(Status.RESOLVED);
    }

    @Test
    void asksWhereAnEndAndABeginningCannotBeCompared() throws Exception {
        publishAll(alert("Recovered", "P1", Duration.ofSeconds(4)));

        publishAll(alert("Triggered", "P1", Duration.ofSeconds(5)));

        assertThat(store.get(work.ids().get(0)).unconfirmed()).isTrue();
    }

    @Test
    void remembersNoEndOfWhatCouldNotBeOpened() throws Exception {
        publishAll(alert("Recovered", "P3", Duration.ZERO), alert("Recovered", "P1", Duration.ofHours(25)));
        assertThat(ends.size()).isZero();

        publishAll(alert("Recovered", "P1", Duration.ZERO));

        assertThat(ends.size()).isEqualTo(1);
    }

    @Test
    void buriesWhatTheMappingCannotRead() throws Exception {
        // Given an organisation that sends a text where an object is expected
        var data = (ObjectNode) JSON.readTree(Webhooks.fresh("datadog/monitor-triggered-p1"));
        data.put("org", "Example Org");

        // When
        publish(envelope("datadog", data));

        // Then it does not come again for ever
        awaitAcknowledged();
        assertThat(letters())
                .singleElement()
                .extracting(letter -> letter.path("reason").asText())
                .isEqualTo("the mapping of datadog cannot read the body: where an object with the member 'id' is"
                        + " expected, there is a text");
        assertThat(store.size()).isZero();
    }

    @Test
    void leavesASignalWithNatsWhileTheStoreIsAway() throws Exception {
        // Given
        store.setAway(true);
        publish(trigger());
        await().atMost(SOON).until(() -> intake().getRedelivered() > 0);
        assertThat(intake().getAckFloor().getStreamSequence()).isZero();
        assertThat(recordsBeforeAcknowledging).isEmpty();
        assertThat(stored(Names.DEAD_LETTERS)).isZero();

        // When
        store.setAway(false);

        // Then
        awaitAcknowledged();
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void doesNotLetANatsHeaderPoseAsCamels() throws Exception {
        // Given
        var posing = new Headers();
        posing.put("CamelBeanMethodName", "retry");
        posing.put("camelhttpuri", "http://127.0.0.1:1/");
        posing.put("CamelNatsReplyTo", "elsewhere");
        posing.put("Harmless", "yes");

        // When
        publish(trigger(), posing);

        // Then
        awaitAcknowledged();
        assertThat(headers).doesNotContainKeys("CamelBeanMethodName", "camelhttpuri");
        assertThat(headers.get("CamelNatsReplyTo").toString()).startsWith("$JS.ACK.");
        assertThat(headers).containsKey("Harmless");
    }

    @Test
    void takesTheSameSignalTwiceWithoutASecondRecord() throws Exception {
        publish(trigger());
        awaitAcknowledged();
        var id = work.ids().get(0);
        var generation = store.get(id).generation();

        publish(trigger());

        await().atMost(SOON).until(() -> intake().getAckFloor().getStreamSequence() == 2);
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.get(id).generation()).isEqualTo(generation);
    }
}
