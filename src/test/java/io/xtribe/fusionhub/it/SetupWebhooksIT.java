package io.xtribe.fusionhub.it;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.lab.sandbox.Sandbox;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.SandboxClient;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged command reads the configuration that the hub reads, from the environment. */
class SetupWebhooksIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static Sandbox sandbox;

    /** What a run ended with and wrote. */
    private record Outcome(int exit, String log) {}

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static HubProcess.Builder command(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "setup-webhooks";
        arguments[1] = "--url=https://hub.example.com";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return HubProcess.builder("SetupWebhooksIT")
                .sandbox(new SandboxClient(sandbox.url()))
                .arguments(arguments);
    }

    private static Outcome run(HubProcess.Builder command) {
        try (HubProcess process = command.start()) {
            int exit = process.awaitExit(LIMIT);
            assertThat(process.log()).doesNotContain(Webhooks.secret("datadog"), Webhooks.secret("servicenow"));
            return new Outcome(exit, process.log().strip());
        }
    }

    @Test
    void setsDatadogUpOnce() {
        assertThat(run(command("--platform=datadog")).log()).contains("Would create the webhook fusion-monitor");
        assertThat(run(command("--platform=datadog", "--apply")).log())
                .contains("Done: create the webhook fusion-incident");

        Outcome again = run(command("--platform=datadog", "--apply"));

        assertThat(again.exit()).isZero();
        assertThat(again.log()).startsWith("Nothing to do");
    }

    @Test
    void printsTheScriptForServiceNow() {
        Outcome outcome = run(command("--platform=servicenow"));

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.log()).contains("https://hub.example.com/webhooks/servicenow", "'fusion'");
    }

    @Test
    void tellsWrongKeysInTheWordsOfTheHub() {
        assertThat(run(command("--platform=pagerduty").env("FUSION_PAGERDUTY_TOKEN", "")))
                .isEqualTo(new Outcome(
                        1,
                        "fusion.pagerduty.token is missing: set it, as environment variable FUSION_PAGERDUTY_TOKEN, to a"
                                + " REST API key that is not read-only"));
        assertThat(run(command("--platform=pagerduty").env("FUSION_PAGERDUTY_TOKN", "x")))
                .isEqualTo(new Outcome(
                        1,
                        "- environment variable FUSION_PAGERDUTY_TOKN is no key of the hub: remove it or correct its"
                                + " spelling; the nearest is fusion.pagerduty.token"));
        assertThat(run(command("--platform=pagerduty").env("FUSION_PAGERDUTY_TIMEOUT", "soon")))
                .isEqualTo(new Outcome(
                        1, "- fusion.pagerduty.timeout is 'soon': use a duration such as 500ms, 30s, 5m or 1h"));
    }
}
