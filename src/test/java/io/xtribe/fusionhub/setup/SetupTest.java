package io.xtribe.fusionhub.setup;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

import io.xtribe.fusionhub.lab.local.SandboxAccess;
import io.xtribe.fusionhub.lab.local.Web;
import io.xtribe.fusionhub.lab.sandbox.Sandbox;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;
import io.xtribe.fusionhub.openapi.VendorSchemas;
import io.xtribe.fusionhub.testing.SandboxClient;
import io.xtribe.fusionhub.testing.TestConfig;

/** The command as it is run, over HTTP against the sandbox; only the configuration is given by the test. */
@Timeout(30)
abstract class SetupTest {
    static final String HUB = "https://hub.example.com";
    static final String SECRET = "webhook-secret-of-the-test";

    private static final Map<String, String> PAGERDUTY =
            Map.of("Authorization", "Token token=sandbox-token", "Accept", "application/vnd.pagerduty+json;version=2");

    static SandboxClient sandbox;

    private static Sandbox server;

    /** What a run said and ended with. */
    record Outcome(int exit, String out, String err) {}

    @BeforeAll
    static void startSandbox() {
        server = Sandbox.start(SandboxOptions.defaults());
        var recorder = VendorSchemas.recorder();
        if (recorder == null) {
            sandbox = new SandboxClient(server.url());
        } else {
            recorder.passTo(server.url());
            sandbox = new SandboxClient(recorder.url());
        }
    }

    @AfterAll
    static void stopSandbox() {
        server.close();
    }

    @BeforeEach
    void forget() {
        sandbox.reset();
    }

    static Outcome run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    /** With these configuration keys instead of what the sandbox wants. */
    static Outcome run(Map<String, String> settings, String... arguments) throws Exception {
        var properties = new Properties();
        try (var file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        }
        properties.put("fusion.datadog.url", sandbox.url("datadog"));
        properties.put("fusion.datadog.api-key", "sandbox-api-key");
        properties.put("fusion.datadog.app-key", "sandbox-app-key");
        properties.put("fusion.webhooks.datadog.secret", SECRET);
        properties.put("fusion.pagerduty.url", sandbox.url("pagerduty"));
        properties.put("fusion.pagerduty.token", "sandbox-token");
        properties.put("fusion.webhooks.servicenow.secret", SECRET);
        properties.putAll(settings);
        var out = new StringWriter();
        var err = new StringWriter();
        var command = new SetupWebhooksCommand(() -> TestConfig.hub(properties));
        int exit = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Outcome(exit, out.toString(), err.toString());
    }

    /** Calls so far that change something or would. */
    static int writes() {
        return sandbox.counts().path("writes").asInt();
    }

    static JsonNode datadog(String path) throws IOException, InterruptedException {
        return new Web().json(sandbox.url("datadog") + path, SandboxAccess.DATADOG);
    }

    static JsonNode pagerDuty(String path) throws IOException, InterruptedException {
        return new Web().json(sandbox.url("pagerduty") + path, PAGERDUTY);
    }

    /** Writes to the sandbox, as somebody else would. */
    static JsonNode write(String platform, String method, String path, String body)
            throws IOException, InterruptedException {
        return new Web()
                .send(
                        method,
                        sandbox.url(platform) + path,
                        platform.equals("datadog") ? SandboxAccess.DATADOG : PAGERDUTY,
                        body)
                .json();
    }
}
