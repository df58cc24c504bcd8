package io.xtribe.fusionhub.routes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StreamConfiguration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.intake.DeadLetters;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.testing.EventSchemas;
import io.xtribe.fusionhub.testing.Hints;
import io.xtribe.fusionhub.testing.Letters;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;

class WebhooksReceiveRouteTest extends WebhookRouteTest {

    @TempDir
    static Path folder;

    private static Path catalogue;

    @BeforeAll
    static void writeCatalogue() throws IOException {
        catalogue = Files.writeString(folder.resolve("services.csv"), """
                service,team,tier,assignment_group,pagerduty_service,escalation_policy,runbook
                checkout,payments,1,387ebd7da9fe198100f92cc8d1d2154e,PCHECKOUT,PPOLICYCK,https://wiki.test/checkout
                sandbox,,,,PSANDBOX1,,
                """);
    }

    @Override
    Map<String, String> moreSettings() {
        return Map.of(
                "fusion.catalogue",
                catalogue.toString(),
                "fusion.webhooks.datadog.secret",
                "older-secret," + Webhooks.secret("datadog"),
                "fusion.webhooks.pagerduty.secret",
                Webhooks.secret("pagerduty"));
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

    private JsonNode stored() throws Exception {
        return new ObjectMapper()
                .readTree(management().getMessage(Names.SIGNALS, 1).getData());
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
    void turnsAwayWhatIsTooLargeOnceUncompressed() throws Exception {
        var body = ("{\"text\":\"" + "x".repeat(512 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
        var headers = Map.of("X-Fusion-Token", "older-secret", "Content-Encoding", "gzip");

        assertThat(compressed(body)).hasSizeLessThan(10_000);
        assertThat(status(receive("datadog", compressed(body), headers))).isEqualTo(413);
    }

    @Test
    void buriesWhatIsSaidToBeCompressedAndIsNot() throws Exception {
        var headers = Map.of("X-Fusion-Token", "older-secret", "Content-Encoding", "gzip");

        assertThat(status(receive("datadog", new byte[] {0x1f, (byte) 0x8b, 8, 0, 1}, headers)))
                .isEqualTo(202);

        assertThat(reasons()).containsExactly("the webhook body is not UTF-8, at byte 1");
    }

    private static byte[] compressed(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    private List<String> reasons() throws Exception {
        var reasons = new ArrayList<String>();
        for (var letter = 1; letter <= stored(Names.DEAD_LETTERS); letter++) {
            reasons.add(management()
                    .getMessage(Names.DEAD_LETTERS, letter)
                    .getHeaders()
                    .getFirst(DeadLetters.REASON));
        }
        return reasons;
    }

    @Test
    void buriesWhatIsNotUtf8() throws Exception {
        var body = "{\"id\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(status(receive("datadog", body, Map.of("X-Fusion-Token", "older-secret"))))
                .isEqualTo(202);

        assertThat(reasons()).containsExactly("the webhook body is not UTF-8, at byte 10");
        assertThat(Letters.body(Letters.json(management().getMessage(Names.DEAD_LETTERS, 1))))
                .isEqualTo(body);
        assertThat(stored(Names.SIGNALS)).isZero();
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
            value = {
                "not JSON | , at line 1, column 4",
                "'{\"a\":[1,\n2}' | , at line 2, column 2",
                "'{\"a\":' | , at line 1, column 6",
                "{} x | , at line 1, column 5",
                "{}{} | : more follows, at line 1, column 4",
                "[1, 2] | ''",
                "'' | ''"
            })
    void buriesAnAuthenticWebhookThatIsNoObject(String body, String place) throws Exception {
        assertThat(status(receive("datadog", body))).isEqualTo(202);

        assertThat(stored(Names.SIGNALS)).isZero();
        assertThat(reasons()).containsExactly("the webhook body is not a JSON object" + place);
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

    /** One level less is read again out of its envelope, one more is not: neither is sent for ever. */
    @ParameterizedTest
    @CsvSource({"998, 0", "999, 1", "1000, 1", "100000, 1"})
    void buriesWhatIsTooDeepForItsEnvelope(int lists, int letters) throws Exception {
        var body = "{\"a\":" + "[".repeat(lists) + "]".repeat(lists) + "}";

        assertThat(status(receive("datadog", body))).isEqualTo(202);

        assertThat(stored(Names.SIGNALS)).isEqualTo(1 - letters);
        assertThat(stored(Names.DEAD_LETTERS)).isEqualTo(letters);
        if (letters > 0) {
            assertThat(reasons())
                    .containsExactly(
                            "the webhook body has more than 999 levels of objects and lists, at line 1, column "
                                    + 1_005);
        } else {
            CloudEvent.parse(management().getMessage(Names.SIGNALS, 1).getData(), Hints.NAMES);
        }
    }

    @Test
    void buriesANumberThatNoParserTakes() throws Exception {
        assertThat(status(receive("datadog", "{\"a\":" + "9".repeat(2_000) + "}")))
                .isEqualTo(202);

        assertThat(reasons())
                .singleElement()
                .asString()
                .startsWith("the webhook body holds a text, a name or a number that is too long, at line 1");
    }

    /** What looks like another encoding of Unicode is not UTF-8 JSON, and cannot stand in the middle of an envelope. */
    @Test
    void buriesOtherEncodings() throws Exception {
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(status(receive(
                            "datadog", "{\"id\":1}".getBytes(charset), Map.of("X-Fusion-Token", "older-secret"))))
                    .isEqualTo(202);
        }
        assertThat(status(receive("datadog", "\ufeff{}"))).isEqualTo(202);

        assertThat(reasons()).hasSize(4);
        assertThat(stored(Names.SIGNALS)).isZero();
    }

    /** To send it again would be refused again. */
    @Test
    void buriesWhatTheStreamDoesNotTake() throws Exception {
        var stream = management().getStreamInfo(Names.SIGNALS).getConfiguration();
        management()
                .updateStream(StreamConfiguration.builder(stream)
                        .maximumMessageSize(500)
                        .build());
        try {
            var body = "{\"text\":\"" + "x".repeat(500) + "\"}";

            assertThat(status(receive("datadog", body))).isEqualTo(202);

            assertThat(reasons()).containsExactly("the webhook is larger than the stream takes");
            var letter = Letters.json(management().getMessage(Names.DEAD_LETTERS, 1));
            assertThat(letter.path("class").asText()).isEqualTo("too-large");
            assertThat(letter.path("remedy").asText()).contains("raise max_msg_size of FUSION_SIGNALS");
            assertThat(Letters.body(letter)).asString().isEqualTo(body);
        } finally {
            management().updateStream(stream);
        }
    }

    @Test
    void buriesWhatFailsUnexpectedly() throws Exception {
        AdviceWith.adviceWith(context, "webhooks-receive", route -> route.weaveById("webhooks-receive-publish")
                .replace()
                .process(exchange -> exchange.setException(new StackOverflowError())));
        var body = Webhooks.body("datadog/monitor-triggered-p1");

        assertThat(status(receive("datadog", body))).isEqualTo(202);

        assertThat(reasons()).containsExactly("it could not be taken in: StackOverflowError");
        link.close();
        var answer = receive("datadog", body);
        assertThat(status(answer)).isEqualTo(503);
        assertThat(answer.getMessage().getHeader("Retry-After")).isEqualTo("2");
    }

    /** It may take it in a moment: without its body the letter would be of little use for good. */
    @Test
    void asksToSendAgainWhatTheDeadLettersHaveNoRoomFor() throws Exception {
        var letters = management().getStreamInfo(Names.DEAD_LETTERS).getConfiguration();
        management()
                .updateStream(StreamConfiguration.builder(letters)
                        .discardPolicy(DiscardPolicy.New)
                        .maxBytes(4_000)
                        .build());

        assertThat(status(receive("datadog", "x".repeat(8_000)))).isEqualTo(503);

        assertThat(stored(Names.DEAD_LETTERS)).isZero();
    }

    private double refused(String reason) {
        return metrics.find("fusion.webhooks.refused").tag("reason", reason).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void countsWhatItTurnsAway() throws Exception {
        receive("jira", "{}", Map.of());
        receive("datadog", "{}", Map.of("X-Fusion-Token", "guess"));
        receive(
                "datadog",
                compressed("x".repeat(600_000).getBytes(StandardCharsets.UTF_8)),
                Map.of("X-Fusion-Token", "older-secret", "Content-Encoding", "gzip"));

        assertThat(refused("unknown-source")).isEqualTo(1);
        assertThat(refused("unauthenticated")).isEqualTo(1);
        assertThat(refused("too-large")).isEqualTo(1);
    }

    /** Each of them is a header of its own, as if they stood in one with a comma between. */
    @Test
    void readsAllSignaturesOfARepeatedHeader() {
        var body = Webhooks.body("pagerduty/triggered-p1-manual").getBytes(StandardCharsets.UTF_8);
        var name = "X-PagerDuty-Signature";
        var right = Webhooks.pagerDuty(Webhooks.secret("pagerduty"), body).get(name);

        assertThat(status(receive("pagerduty", body, Map.of(name, List.of("v1=" + "0".repeat(64), right)))))
                .isEqualTo(202);
    }

    /** A sender has one token and one time: a list of them is none that was agreed. */
    @Test
    void turnsAwayARepeatedToken() {
        var body = Webhooks.body("datadog/monitor-triggered-p1").getBytes(StandardCharsets.UTF_8);
        var right = "older-secret";

        for (var tokens : List.of(List.of(right, right), List.of("guess", right), List.of(right, "guess"))) {
            assertThat(status(receive("datadog", body, Map.of("X-Fusion-Token", tokens))))
                    .as("%s", tokens)
                    .isEqualTo(401);
        }
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
    void hasNoEndpointForAnUnknownSourceNorOneWithoutASecret(String source) {
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
        assertThat(answer.getMessage().getHeader("Retry-After")).isEqualTo("2");
        assertThat(answer.getMessage().getBody(String.class)).doesNotContain("nats://");
    }
}
