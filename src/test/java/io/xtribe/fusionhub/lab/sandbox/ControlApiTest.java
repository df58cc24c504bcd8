package io.xtribe.fusionhub.lab.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.lab.sandbox.SandboxCaller.Reply;
import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a test or a person tells the sandbox itself, and asks it. */
class ControlApiTest extends SandboxFixture {
    @Override
    SandboxOptions options() {
        return super.options().withSecret(Platform.DATADOG, "other");
    }

    @Test
    void mergesSettingsAndResetsThemToTheirDefaults() {
        caller.control("PATCH", "/settings", "{\"credentials\":{\"pagerduty.token\":\"new\"}}");
        assertThat(caller.page("fx-1", "").status()).isEqualTo(401);
        Reply settings = caller.control("POST", "/reset", null);
        assertThat(settings.text("/secrets/datadog")).isEqualTo("other");
        assertThat(settings.text("/webhooks/url")).isEqualTo(hub.url());
        assertThat(caller.page("fx-1", "").status()).isEqualTo(201);
    }

    @Test
    void countsCallsWritesAndCommits() {
        caller.page("fx-1", "");
        caller.page("fx-1", "");
        caller.pagerDuty("GET", "/incidents", null);

        Reply counts = caller.control("GET", "/counts", null);
        assertThat(counts.text("/pagerduty/create-incident")).isEqualTo("2");
        assertThat(counts.text("/writes")).isEqualTo("2");
        assertThat(counts.text("/committed")).isEqualTo("1");
        Reply calls = caller.control("GET", "/calls?platform=pagerduty&operation=create-incident", null);
        assertThat(calls.text("/1/status")).isEqualTo("400");
        assertThat(calls.text("/1/key")).isEqualTo("fx-1");
        assertThat(calls.text("/0/write")).isEqualTo("true");
    }

    @Test
    void holdsDuplicatesAndReplaysWebhooks() {
        caller.control("PATCH", "/settings", "{\"webhooks\":{\"hold\":{\"datadog\":true},\"duplicates\":1}}");
        caller.control("POST", "/datadog/alerts", "{\"priority\":\"P1\"}");
        assertThat(caller.control("GET", "/webhooks", null).text("/0/state")).isEqualTo("held");
        assertThat(hub.received).isEmpty();

        caller.control("PATCH", "/settings", "{\"webhooks\":{\"hold\":{\"datadog\":false}}}");
        await().atMost(Duration.ofSeconds(2)).until(() -> hub.received.size() == 2);
        caller.control("POST", "/webhooks/replay?platform=datadog", "{\"count\":1}");
        await().atMost(Duration.ofSeconds(2)).until(() -> hub.received.size() == 3);
        caller.control("PATCH", "/settings", "{\"webhooks\":{\"enabled\":{\"datadog\":false}}}");
        caller.control("POST", "/datadog/alerts", "{\"priority\":\"P1\"}");
        assertThat(caller.control("GET", "/webhooks", null).body()).hasSize(3);
    }

    @Test
    void listsRecordsAndLinksTheirPages() {
        caller.createCase("<b>case</b>", "fx-1");
        caller.createDatadogIncident("incident", "fx-1");
        caller.control(
                "POST",
                "/servicenow/incidents",
                "{\"short_description\":\"snow\",\"description\":\"see http://x.test/1\"}");
        caller.control("POST", "/pagerduty/incidents", "{\"priority\":\"P1\",\"title\":\"page\"}");

        Reply records = caller.control("GET", "/records", null);
        assertThat(records.text("/datadog/0/key")).isEqualTo("fx-1");
        assertThat(records.text("/pagerduty/0/notified/0")).isEqualTo("Ada Example");
        for (String pointer :
                new String[] {"/datadog/0/url", "/datadog/1/url", "/servicenow/0/url", "/pagerduty/0/url"}) {
            String path = records.text(pointer).substring(sandbox.url().length());
            Reply page = caller.call("GET", path, Map.of("Accept", "text/html,application/xhtml+xml"), null);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(text(page)).contains("</html>").doesNotContain("<b>case");
        }
        String home = text(caller.call("GET", "/", Map.of(), null));
        assertThat(home).contains("<a href=\"" + records.text("/servicenow/0/url") + "\">");
    }

    private static String text(Reply page) {
        return new String(page.response().body(), StandardCharsets.UTF_8);
    }
}
