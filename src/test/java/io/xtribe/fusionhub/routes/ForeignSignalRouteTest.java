package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.platform.Speakers;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the intake does with signals of another account than ours. */
class ForeignSignalRouteTest extends NatsRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = SOON.multipliedBy(2);

    private int sent;

    @Override
    List<String> routeFiles() {
        return intakeFiles();
    }

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

    /** Nobody was asked yet. */
    @Override
    void askSpeakers(Speakers speakers) {}

    private void learn(String platform, String name) {
        beans.get(Speakers.class).learned(JsonNodeFactory.instance.arrayNode().add(name), platform + "-speaker");
    }

    private void publish(String webhook, String account) throws Exception {
        var source = webhook.substring(0, webhook.indexOf('/'));
        var body = (ObjectNode) JSON.readTree(Webhooks.fresh(webhook));
        switch (source) {
            case "servicenow" -> body.put("instance", account);
            case "datadog" -> body.putObject("org").put("id", account);
            default ->
                ((ObjectNode) body.at("/event/data"))
                        .put("html_url", "https://" + account + ".pagerduty.com/incidents/P1");
        }
        var event = new CloudEvent(
                source + ":" + ++sent, source, source + ".incident", Instant.now(), RoutingHints.NONE, body);
        publish(NatsMessage.builder()
                .subject(Names.signals(source))
                .data(event.toBytes())
                .build());
    }

    private void awaitAllAcknowledged() {
        await().atMost(LIMIT)
                .until(() -> management()
                                .getConsumerInfo(Names.SIGNALS, Names.INTAKE_CONSUMER)
                                .getAckFloor()
                                .getStreamSequence()
                        == sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "servicenow/created-p1",
                "datadog/monitor-triggered-p1",
                "datadog/incident-declared-sev1",
                "pagerduty/triggered-p1-manual"
            })
    void anotherAccountOpensNothing(String webhook) throws Exception {
        var platform = webhook.substring(0, webhook.indexOf('/'));
        learn(platform, platform.equals("pagerduty") ? "acme.pagerduty.com" : "prod");

        publish(webhook, "clone");

        awaitAllAcknowledged();
        assertThat(store.size()).isZero();
        assertThat(stored(Names.DEAD_LETTERS)).isEqualTo(1);
        assertThat(metrics.counter("fusion.signals.foreign", "source", platform, "speaker", "clone")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void itChangesNothingAndWhatIsNoiseStaysNoise() throws Exception {
        learn("servicenow", "prod");
        publish("servicenow/created-p1", "prod");
        publish("servicenow/resolved", "clone");
        publish("servicenow/created-p3", "clone");

        awaitAllAcknowledged();
        assertThat(store.size()).isEqualTo(1);
        assertThat(stored(Names.DEAD_LETTERS)).isEqualTo(1);
    }

    /** What opens waits for nothing; of what changes something, beyond 32 are dead letters, so that other platforms go on. */
    @Test
    void beforeItIsKnownPagesGoOutAndChangesWaitButNotTooMany() throws Exception {
        publish("servicenow/created-p1", "prod");
        await().atMost(LIMIT).until(() -> store.size() == 1);
        for (var i = 0; i < 40; i++) {
            publish("servicenow/resolved", "prod");
        }
        learn("datadog", "prod");
        publish("datadog/monitor-triggered-p1", "prod");

        await().atMost(LIMIT).until(() -> store.size() == 2 && stored(Names.DEAD_LETTERS) == 8);

        learn("servicenow", "prod");
        awaitAllAcknowledged();
        assertThat(store.size()).isEqualTo(2);
        assertThat(stored(Names.DEAD_LETTERS)).isEqualTo(8);
    }
}
