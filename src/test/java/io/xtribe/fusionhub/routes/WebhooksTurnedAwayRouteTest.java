package io.xtribe.fusionhub.routes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;

/** Which webhooks are let in, and with what status the others are turned away. */
class WebhooksTurnedAwayRouteTest extends WebhooksReceiveFixture {

    @Test
    void turnsAwayWhatIsTooLargeOnceUncompressed() throws Exception {
        var body = ("{\"text\":\"" + "x".repeat(512 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
        var headers = Map.of("X-Fusion-Token", "older-secret", "Content-Encoding", "gzip");

        assertThat(compressed(body)).hasSizeLessThan(10_000);
        assertThat(status(receive("datadog", compressed(body), headers))).isEqualTo(413);
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
