package io.xtribe.fusionhub.routes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.EventSchemas;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;

class WebhooksReceiveRouteTest extends NatsRouteTest {

    private static final String ENTRANCE = "direct:webhooks-receive";

    @Override
    List<String> routeFiles() {
        return List.of("error-handling.camel.yaml", "webhooks.camel.yaml");
    }

    @Override
    Map<String, String> moreSettings() {
        return Map.of(
                "fusion.webhooks.datadog.secret",
                "older-secret," + Webhooks.secret("datadog"),
                "fusion.webhooks.pagerduty.secret",
                Webhooks.secret("pagerduty"));
    }

    @Override
    String route() {
        return "webhooks-receive";
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        var camel = (ModelCamelContext) super.createCamelContext();
        // Without Quarkus there is no HTTP server to listen with.
        AdviceWith.adviceWith(camel, "webhooks-receive", route -> route.replaceFromWith(ENTRANCE));
        return camel;
    }

    private Exchange receive(String source, String body, Map<String, String> headers) {
        return template.request(ENTRANCE, exchange -> {
            headers.forEach(exchange.getIn()::setHeader);
            exchange.getIn().setHeader(Exchange.HTTP_PATH, "/webhooks/" + source);
            exchange.getIn().setBody(body);
        });
    }

    private Exchange receive(String source, String body) {
        return receive(
                source, body, Webhooks.headers(source, Webhooks.secret(source), body.getBytes(StandardCharsets.UTF_8)));
    }

    private static int status(Exchange answer) {
        assertThat(answer.getException()).isNull();
        return answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    }

    @ParameterizedTest
    @CsvSource({
        "datadog, datadog/monitor-triggered-p1, datadog.alert",
        "datadog, datadog/incident-declared-sev1, datadog.incident",
        "pagerduty, pagerduty/triggered-p1-manual, pagerduty.incident"
    })
    void storesAnAuthenticWebhookInItsEnvelope(String source, String webhook, String type) throws Exception {
        var body = Webhooks.body(webhook);

        var answer = receive(source, body);

        assertThat(status(answer)).isEqualTo(202);
        assertThat(answer.getMessage().getHeaders()).containsOnlyKeys(Exchange.HTTP_RESPONSE_CODE);
        var stored = management().getMessage(Names.SIGNALS, 1);
        assertThat(stored.getSubject()).isEqualTo("fusion.signals." + source);
        var event = new ObjectMapper().readTree(stored.getData());
        assertThat(EventSchemas.violationsOfSignal(event)).isEmpty();
        assertThat(event.path("type").asText()).isEqualTo(type);
        assertThat(event.path("source").asText()).isEqualTo("/" + source);
        assertThat(stored.getHeaders().getFirst("Nats-Msg-Id"))
                .isEqualTo(event.path("id").asText());
        assertThat(event.path("data")).isEqualTo(new ObjectMapper().readTree(body));
    }

    @Test
    void storesAWebhookThatComesTwiceOnce() throws Exception {
        var body = Webhooks.body("datadog/monitor-triggered-p1");

        assertThat(status(receive("datadog", body))).isEqualTo(202);
        assertThat(status(receive("datadog", body))).isEqualTo(202);

        assertThat(stored(Names.SIGNALS)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"not JSON", "[1, 2]", "''"})
    void buriesAnAuthenticWebhookThatIsNoObject(String body) throws Exception {
        assertThat(status(receive("datadog", body))).isEqualTo(202);

        assertThat(stored(Names.SIGNALS)).isZero();
        assertThat(stored(Names.DEAD_LETTERS)).isEqualTo(1);
    }

    @Test
    void letsInBothSecretsDuringRotation() {
        var body = Webhooks.body("datadog/monitor-triggered-p1");

        assertThat(status(receive("datadog", body, Map.of("X-Fusion-Token", "older-secret"))))
                .isEqualTo(202);
    }

    @Test
    void turnsAwayWhatIsNotAuthentic() throws Exception {
        var body = Webhooks.body("pagerduty/triggered-p1-manual");
        var signature =
                Webhooks.headers("pagerduty", Webhooks.secret("pagerduty"), body.getBytes(StandardCharsets.UTF_8));

        assertThat(status(receive("pagerduty", body, Map.of()))).isEqualTo(401);
        assertThat(status(receive("pagerduty", body, Map.of("X-Fusion-Token", "guess"))))
                .isEqualTo(401);
        assertThat(status(receive("pagerduty", body + " ", signature))).isEqualTo(401);

        assertThat(stored(Names.SIGNALS)).isZero();
        assertThat(stored(Names.DEAD_LETTERS)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"jira", "servicenow"})
    void hasNoDoorForAnUnknownSourceNorOneWithoutASecret(String source) {
        assertThat(status(receive(source, "{}", Map.of("X-Fusion-Token", "sandbox-servicenow-secret"))))
                .isEqualTo(404);
    }

    @Test
    void goesByThePathAndNotByAHeaderOfTheClient() throws Exception {
        var body = Webhooks.body("datadog/monitor-triggered-p1");

        assertThat(status(receive("datadog", body, Map.of("X-Fusion-Token", "older-secret", "source", "pagerduty"))))
                .isEqualTo(202);

        assertThat(management().getMessage(Names.SIGNALS, 1).getSubject()).isEqualTo("fusion.signals.datadog");
    }

    @Test
    void turnsAwayWhatIsTooLarge() {
        var body = "{\"text\":\"" + "x".repeat(512 * 1024) + "\"}";

        assertThat(status(receive("datadog", body))).isEqualTo(413);
    }

    @Test
    void asksToSendAgainWhatNatsDoesNotTake() throws Exception {
        link.close();

        var answer = receive("datadog", Webhooks.body("datadog/monitor-triggered-p1"));

        assertThat(status(answer)).isEqualTo(503);
        assertThat(answer.getMessage().getBody(String.class)).doesNotContain("nats://");
    }
}
