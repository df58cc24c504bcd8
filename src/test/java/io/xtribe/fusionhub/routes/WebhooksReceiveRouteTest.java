package io.xtribe.fusionhub.routes;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.testing.EventSchemas;
import io.xtribe.fusionhub.testing.Hints;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;

/** Stores authentic webhooks in their envelopes, with what the catalogue knows. */
class WebhooksReceiveRouteTest extends WebhooksReceiveFixture {

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

    /** The attributes of the stored event beyond those that every event has. */
    private Map<String, String> enrichment() throws Exception {
        var attributes = new TreeMap<String, String>();
        stored().properties()
                .forEach(attribute ->
                        attributes.put(attribute.getKey(), attribute.getValue().asText()));
        attributes.keySet().removeAll(Set.of("specversion", "id", "source", "type", "time", "datacontenttype", "data"));
        return attributes;
    }

    @Test
    void enrichesFromTheCatalogue() throws Exception {
        receive("datadog", Webhooks.body("datadog/monitor-triggered-p1"));

        assertThat(enrichment())
                .isEqualTo(Map.of(
                        "priority", "P1",
                        "service", "checkout",
                        "team", "payments",
                        "runbook", "https://wiki.test/checkout",
                        "pagerdutyservice", "PCHECKOUT",
                        "escalationpolicy", "PPOLICYCK",
                        "assignmentgroup", "387ebd7da9fe198100f92cc8d1d2154e"));
    }

    @Test
    void enrichesWhatPagerDutySaysByItsServiceId() throws Exception {
        receive("pagerduty", Webhooks.body("pagerduty/triggered-p1-manual"));

        assertThat(enrichment())
                .isEqualTo(Map.of("priority", "P1", "service", "sandbox", "pagerdutyservice", "PSANDBOX1"));
    }

    @Test
    void keepsTheNameOfAServiceThatTheCatalogueDoesNotHave() throws Exception {
        receive("datadog", Webhooks.body("datadog/monitor-no-priority"));

        assertThat(enrichment()).isEqualTo(Map.of("service", "reports"));
    }

    @Test
    void takesACompressedBodyAndItsSignatureOverWhatWasWritten() throws Exception {
        var body = Webhooks.body("pagerduty/triggered-p1-manual").getBytes(StandardCharsets.UTF_8);
        var headers = new HashMap<>(Webhooks.pagerDuty(Webhooks.secret("pagerduty"), body));
        headers.put("Content-Encoding", "gzip");

        assertThat(status(receive("pagerduty", compressed(body), headers))).isEqualTo(202);

        assertThat(stored().path("data")).isEqualTo(new ObjectMapper().readTree(body));
    }

    @Test
    void storesAWebhookThatComesTwiceOnce() throws Exception {
        var body = Webhooks.body("datadog/monitor-triggered-p1");

        assertThat(status(receive("datadog", body))).isEqualTo(202);
        assertThat(status(receive("datadog", body))).isEqualTo(202);

        assertThat(stored(Names.SIGNALS)).isEqualTo(1);
    }

    /** Whatever a parser would write differently. */
    @Test
    void storesTheBodyByteForByte() throws Exception {
        var body =
                " {\"b\":1.0,\"a\":1e3,\"a\":-0.0,\r\n\t\"\\u00fc\":\"\\ud83d\\/\\u0000\u00fc\",\"n\":123456789012345678901234567890.10 }\n";

        assertThat(status(receive("datadog", body))).isEqualTo(202);

        var stored = new String(management().getMessage(Names.SIGNALS, 1).getData(), StandardCharsets.UTF_8);
        assertThat(stored).endsWith("\"data\":" + body + "}");
        assertThat(CloudEvent.parse(stored.getBytes(StandardCharsets.UTF_8), Hints.NAMES)
                        .source())
                .isEqualTo("datadog");
    }
}
