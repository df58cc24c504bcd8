package io.xtribe.fusionhub.routes;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.intake.DeadLetters;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.signal.RoutingHints;
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
                "platforms/datadog.camel.yaml",
                "platforms/pagerduty.camel.yaml",
                "platforms/servicenow.camel.yaml");
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
            route.weaveById("signals-intake-acknowledge")
                    .before()
                    .process(exchange -> recordsBeforeAcknowledging.add(store.size()));
        });
    }

    private static byte[] envelope(String source, JsonNode data) {
        return new CloudEvent(source + ":1", source, source + ".incident", Instant.now(), RoutingHints.NONE, data)
                .toBytes();
    }

    private static byte[] birth() throws Exception {
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
    void acknowledgesABirthAfterItsRecordStands(String webhook) throws Exception {
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

    @Test
    void buriesWhatTheMappingCannotRead() throws Exception {
        // Given an organisation that sends a text where an object is expected
        var data = (ObjectNode) JSON.readTree(Webhooks.fresh("datadog/monitor-triggered-p1"));
        data.put("org", "Example Org");

        // When
        publish(envelope("datadog", data));

        // Then it does not come again for ever
        awaitAcknowledged();
        assertThat(stored(Names.DEAD_LETTERS)).isEqualTo(1);
        assertThat(store.size()).isZero();
    }

    @Test
    void leavesASignalWithNatsWhileTheStoreIsAway() throws Exception {
        // Given
        store.setAway(true);
        publish(birth());
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
        publish(birth(), posing);

        // Then
        awaitAcknowledged();
        assertThat(headers).doesNotContainKeys("CamelBeanMethodName", "camelhttpuri");
        assertThat(headers.get("CamelNatsReplyTo").toString()).startsWith("$JS.ACK.");
        assertThat(headers).containsKey("Harmless");
    }

    @Test
    void takesTheSameSignalTwiceWithoutASecondRecord() throws Exception {
        publish(birth());
        awaitAcknowledged();
        var id = work.ids().get(0);
        var generation = store.get(id).generation();

        publish(birth());

        await().atMost(SOON).until(() -> intake().getAckFloor().getStreamSequence() == 2);
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.get(id).generation()).isEqualTo(generation);
    }
}
