package io.xtribe.fusionhub.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.openapi.VendorOperations;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;

@VendorOperations(
        platform = "datadog",
        value = {
            "CreateWebhooksIntegration",
            "CreateWebhooksIntegrationCustomVariable",
            "GetWebhooksIntegration",
            "GetWebhooksIntegrationCustomVariable",
            "UpdateWebhooksIntegration",
            "UpdateWebhooksIntegrationCustomVariable"
        })
class DatadogSetupTest extends SetupTest {
    private static final String BASE = "/api/v1/integration/webhooks/configuration/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Outcome apply(String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("--platform=datadog", "--url=" + HUB, "--apply"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void saysWhatItWouldDoAndDoesNothing() throws Exception {
        var outcome = run("--platform=datadog", "--url=" + HUB);

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out().lines())
                .containsSubsequence(
                        "Would create the secret custom variable FUSION_TOKEN",
                        "Would create the webhook fusion-monitor to https://hub.example.com/webhooks/datadog",
                        "Would create the webhook fusion-incident to https://hub.example.com/webhooks/datadog",
                        "Nothing was changed: give --apply to do it.");
        assertThat(writes()).isZero();
    }

    @Test
    void makesTheVariableAndBothWebhooks() throws Exception {
        var outcome = apply();

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out().lines().filter(line -> line.startsWith("Done: ")))
                .hasSize(3);
        assertThat(outcome.out() + outcome.err()).doesNotContain(SECRET, "sandbox-api-key", "sandbox-app-key");
        assertThat(datadog(BASE + "custom-variables/FUSION_TOKEN")
                        .path("is_secret")
                        .asBoolean())
                .isTrue();
        for (var kind : List.of("monitor", "incident")) {
            var webhook = datadog(BASE + "webhooks/fusion-" + kind);
            assertThat(webhook.path("url").asText()).isEqualTo(HUB + "/webhooks/datadog");
            assertThat(webhook.path("encode_as").asText()).isEqualTo("json");
            assertThat(webhook.path("custom_headers").asText()).isEqualTo("{\"X-Fusion-Token\":\"$FUSION_TOKEN\"}");
            assertThat(webhook.path("payload").asText()).contains("\"schema\":\"datadog-" + kind + "-1\"");
        }
    }

    /** What Datadog makes of a template is what the mapping and the tests of it know. */
    @ParameterizedTest
    @CsvSource({"monitor, monitor-triggered-p1", "incident, incident-declared-sev1"})
    void theTemplateHasTheMembersThatTheMappingReads(String kind, String example) throws Exception {
        apply();

        var template = datadog(BASE + "webhooks/fusion-" + kind).path("payload").asText();

        var sent = JSON.readTree(template.replace("$INCIDENT_FIELDS", "{}"));
        var known = JSON.readTree(Webhooks.body("datadog/" + example));
        assertThat(members(sent)).containsExactlyInAnyOrderElementsOf(members(known));
        assertThat(members(sent.path("incident"))).containsExactlyInAnyOrderElementsOf(members(known.path("incident")));
    }

    private static List<String> members(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    @Test
    void doesNothingTheSecondTime() throws Exception {
        apply();
        int before = writes();

        var outcome = apply();

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).startsWith("Nothing to do at datadog.").contains("--renew-secret");
        assertThat(writes()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"url\":\"https://user:pass@old.example\"} | url (was https://***@old.example)",
                "{\"encode_as\":\"form\"}                    | encode_as",
                "{\"custom_headers\":\"{}\"}                 | custom_headers",
                "{\"custom_headers\":\"no JSON\"}            | custom_headers",
                "{\"payload\":\"{}\"}                        | payload"
            })
    void mendsWhatIsDifferent(String change, String named) throws Exception {
        apply();
        write("datadog", "PUT", BASE + "webhooks/fusion-monitor", change);

        var outcome = apply();

        assertThat(outcome.out()).startsWith("Done: update the webhook fusion-monitor: " + named + "\n");
        assertThat(apply().out()).startsWith("Nothing to do");
    }

    @Test
    void writesTheSecretAgainWhenAskedTo() throws Exception {
        apply();

        assertThat(apply("--renew-secret").out())
                .startsWith("Done: write the secret custom variable FUSION_TOKEN again");
    }

    @Test
    void makesASecretOfAVariableThatIsNone() throws Exception {
        write(
                "datadog",
                "POST",
                BASE + "custom-variables",
                "{\"name\":\"FUSION_TOKEN\",\"value\":\"x\",\"is_secret\":false}");

        assertThat(apply().out()).startsWith("Done: write the secret custom variable FUSION_TOKEN again");
        assertThat(datadog(BASE + "custom-variables/FUSION_TOKEN").has("value")).isFalse();
    }

    @Test
    void keepsOutOfTheWayOfAnotherHub() throws Exception {
        apply();

        var outcome = apply("--name=fusion-staging");

        assertThat(outcome.out())
                .contains("FUSION_STAGING_TOKEN", "webhook fusion-staging-monitor", "@webhook-fusion-staging-incident");
        assertThat(datadog(BASE + "webhooks/fusion-staging-monitor")
                        .path("custom_headers")
                        .asText())
                .isEqualTo("{\"X-Fusion-Token\":\"$FUSION_STAGING_TOKEN\"}");
    }
}
