package io.xtribe.fusionhub.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.testing.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes wrong is said in one message that names the key or the address, and shows no secret. */
class SetupFailuresTest extends SetupTest {

    @TempDir
    Path folder;

    private static Outcome datadog(Map<String, String> settings) throws Exception {
        return run(settings, "--platform=datadog", "--url=" + HUB, "--apply");
    }

    private static void failsWith(Outcome outcome, String... words) {
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().strip()).hasLineCount(1).contains(words).doesNotContain("hunter2", "Exception:");
    }

    @ParameterizedTest
    @CsvSource({
        "datadog, fusion.datadog.api-key, FUSION_DATADOG_API_KEY",
        "datadog, fusion.datadog.app-key, FUSION_DATADOG_APP_KEY",
        "datadog, fusion.webhooks.datadog.secret, FUSION_WEBHOOKS_DATADOG_SECRET",
        "pagerduty, fusion.pagerduty.token, FUSION_PAGERDUTY_TOKEN"
    })
    void namesTheKeyThatIsMissing(String platform, String key, String variable) throws Exception {
        failsWith(
                run(Map.of(key, ""), "--platform=" + platform, "--url=" + HUB, "--apply"),
                key + " is missing: set it, as environment variable " + variable);
    }

    @ParameterizedTest
    @CsvSource({
        "datadog, fusion.datadog.api-key, 403",
        "datadog, fusion.datadog.app-key, 403",
        "pagerduty, fusion.pagerduty.token, 401"
    })
    void namesTheKeyThatIsRefused(String platform, String key, String status) throws Exception {
        failsWith(
                run(Map.of(key, "hunter2"), "--platform=" + platform, "--url=" + HUB, "--apply"),
                sandbox.url(platform),
                "refused with " + status,
                "check",
                key);
    }

    @Test
    void doesNotShowAKeyThatNoHeaderCanHold() throws Exception {
        failsWith(datadog(Map.of("fusion.datadog.api-key", "hunter2\nx")), "line break", "fusion.datadog.api-key");
    }

    @Test
    void namesTheAddressThatDoesNotAnswer() throws Exception {
        var url = "http://127.0.0.1:" + Ports.free();

        failsWith(datadog(Map.of("fusion.datadog.url", url)), url, "got no answer", "check fusion.datadog.url");
    }

    @Test
    void namesTheAddressThatIsNone() throws Exception {
        failsWith(
                datadog(Map.of("fusion.datadog.url", "api.datadoghq.com")),
                "fusion.datadog.url is 'api.datadoghq.com': use a URL that begins with http:// or https://");
    }

    @Test
    void namesTheAddressOfAPageInPlaceOfTheApi() throws Exception {
        failsWith(datadog(Map.of("fusion.datadog.url", sandbox.url() + "?")), "gave no JSON: check fusion.datadog.url");
    }

    @Test
    void repeatsWhatThePlatformSaysWithoutOurSecrets() throws Exception {
        sandbox.fault("datadog", "create-webhook-variable")
                .status(400)
                .body("{\"errors\":[\"value " + SECRET + " is too plain\"]}")
                .inject();

        var outcome = datadog(Map.of());

        failsWith(outcome, "POST ", "custom-variables gave 400", "value *** is too plain");
        assertThat(outcome.err()).doesNotContain(SECRET);
    }

    /** What was done stays done, and the next run does the rest. */
    @Test
    void goesOnWhereItStopped() throws Exception {
        sandbox.fault("datadog", "create-webhook").status(500).inject();

        var stopped = datadog(Map.of());
        assertThat(stopped.exit()).isEqualTo(1);
        assertThat(stopped.out()).isEqualTo("Done: create the secret custom variable FUSION_TOKEN\n");

        assertThat(datadog(Map.of()).out())
                .startsWith("Done: create the webhook fusion-monitor")
                .doesNotContain("create the secret");
    }

    @Test
    void leavesNoEmptySecretFileBehind() throws Exception {
        sandbox.fault("pagerduty", "create-webhook-subscription").status(403).inject();
        var file = folder.resolve("secret");

        failsWith(
                run("--platform=pagerduty", "--url=" + HUB, "--apply", "--secret-file=" + file),
                "refused with 403",
                "fusion.pagerduty.token");

        assertThat(Files.exists(file)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--platform=jira --url=https://hub.example.com",
                "--platform=datadog --url=hub.example.com",
                "--platform=datadog --url=ftp://hub.example.com",
                "--platform=datadog --url=https://hub.example.com/webhooks",
                "--platform=datadog --url=https://hub.example.com/webhooks/datadog/",
                "--platform=datadog --url=https://user:hunter2@hub.example.com",
                "--platform=datadog --url=https://hub.example.com?token=hunter2",
                "--platform=datadog --url=https://hub.example.com --name=Fusion",
                "--platform=servicenow --url=https://hub.example.com --apply",
                "--platform=datadog",
                "--url=https://hub.example.com"
            })
    void refusesWhatItDoesNotTake(String arguments) throws Exception {
        var outcome = run(arguments.split(" "));

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("--").doesNotContain("hunter2");
        assertThat(sandbox.calls()).isEmpty();
    }

    @Test
    void warnsOfAnAddressThatIsNotEncrypted() throws Exception {
        var outcome = run("--platform=datadog", "--url=http://localhost:8080");

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.err()).contains("use https://");
    }
}
