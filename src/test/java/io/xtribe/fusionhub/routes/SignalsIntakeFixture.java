package io.xtribe.fusionhub.routes;

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
import io.micrometer.core.instrument.Counter;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.model.ModelCamelContext;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.testing.Letters;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.awaitility.Awaitility.await;

/** Signals on a real NATS server, and the routes that take them in. */
abstract class SignalsIntakeFixture extends NatsRouteTest {

    static final ObjectMapper JSON = new ObjectMapper();

    /** How many records stood when a signal was about to be acknowledged. */
    final List<Integer> recordsBeforeAcknowledging = new CopyOnWriteArrayList<>();

    final Map<String, Object> headers = new ConcurrentHashMap<>();

    @Override
    List<String> routeFiles() {
        return intakeFiles();
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

    static byte[] envelope(String source, JsonNode data) {
        return new CloudEvent(source + ":1", source, source + ".incident", Instant.now(), RoutingHints.NONE, data)
                .toBytes();
    }

    static byte[] trigger() throws Exception {
        return envelope("datadog", JSON.readTree(Webhooks.fresh("datadog/monitor-triggered-p1")));
    }

    void publish(byte[] signal) throws Exception {
        publish(signal, new Headers());
    }

    void publish(byte[] signal, Headers with) throws Exception {
        publish(NatsMessage.builder()
                .subject(Names.signals("datadog"))
                .headers(with)
                .data(signal)
                .build());
    }

    ConsumerInfo intake() throws Exception {
        return management().getConsumerInfo(Names.SIGNALS, Names.INTAKE_CONSUMER);
    }

    void awaitAcknowledged() {
        await().atMost(SOON).until(() -> intake().getAckFloor().getStreamSequence() == 1);
    }

    /** What nobody thought of: the handling of these signals fails in this way, every time. */
    final Map<String, Throwable> failures = Map.of(
            "fails by a bug", new IllegalArgumentException("Control line is too long\nand more"),
            "fails by an error", new StackOverflowError(),
            "fails by linkage", new NoClassDefFoundError("x"));

    Object failWhereTheTitleSaysSo(Exchange exchange) {
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
    static <T extends Throwable> void sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    List<JsonNode> letters() {
        return Letters.all(link.connection()).stream().map(Letters::json).toList();
    }

    double redelivered() {
        return metrics.find("fusion.signals.redelivered").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    static ObjectNode alert() throws Exception {
        return (ObjectNode) JSON.readTree(Webhooks.fresh("datadog/monitor-triggered-p1"));
    }

    static byte[] alert(String transition, String priority, Duration ago) throws Exception {
        var time = Long.toString(Instant.now().minus(ago).toEpochMilli());
        return envelope(
                "datadog",
                alert().put("alert_transition", transition)
                        .put("alert_priority", priority)
                        .put("date", time)
                        .put("last_updated", time)
                        .put("id", UUID.randomUUID().toString()));
    }
}
