package io.xtribe.fusionhub.lab.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.lab.sandbox.SandboxCaller.Reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Datadog in the sandbox: what its API answers, and what it tells the hub. */
class DatadogSandboxTest extends SandboxFixture {
    @Test
    void refusesMissingAndWrongKeys() {
        assertThat(caller.call("GET", "/datadog/api/v2/cases", Map.of(), null).status())
                .isEqualTo(401);
        assertThat(caller.call("GET", "/datadog/api/v1/monitor/1", Map.of(), null)
                        .status())
                .isEqualTo(403);
        Map<String, String> wrong = Map.of("DD-API-KEY", "x", "DD-APPLICATION-KEY", "sandbox-app-key");
        Reply refused = caller.call("GET", "/datadog/api/v2/cases", wrong, null);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().toString()).isEqualTo("{\"errors\":[\"Forbidden\"]}");
        assertThat(caller.datadog("GET", "/api/v1/validate", null).body().toString())
                .isEqualTo("{\"valid\":true}");
    }

    @Test
    void createsReadsAndChangesCase() {
        String id = caller.createCase("checkout slow", "fx-1");

        Reply read = caller.datadog("GET", "/api/v2/cases/" + id, null);
        String key = read.text("/data/attributes/key");
        assertThat(read.response().headers().firstValue("Content-Type")).contains("application/vnd.api+json");
        assertThat(read.text("/data/attributes/status_name")).isEqualTo("Open");
        assertThat(read.body().at("/data/attributes").has("closed_at")).isFalse();
        assertThat(caller.datadog("GET", "/api/v2/cases/" + key, null).text("/data/id"))
                .isEqualTo(id);

        Reply closed = caller.datadog(
                "POST",
                "/api/v2/cases/" + id + "/status",
                "{\"data\":{\"type\":\"case\",\"attributes\":{\"status_name\":\"Closed\"}}}");
        assertThat(closed.text("/data/attributes/status_group")).isEqualTo("SG_CLOSED");
        Reply commented = caller.datadog(
                "POST",
                "/api/v2/cases/" + id + "/comment",
                "{\"data\":{\"type\":\"case\",\"attributes\":{\"comment\":\"see https://example.test/1\"}}}");
        assertThat(commented.status()).isEqualTo(200);
        assertThat(caller.datadog("GET", "/api/v2/cases/" + id + "/timelines", null)
                        .text("/data/0/attributes/cell_content/message"))
                .contains("example.test");
    }

    @Test
    void answersWithTheRecordedErrors() {
        Reply missing = caller.datadog("GET", "/api/v2/cases/none", null);
        assertThat(missing.body().toString())
                .isEqualTo("{\"errors\":[{\"code\":\"resource_not_found\",\"title\":\"case not found\"}]}");
        String id = caller.createCase("a", "fx-1");
        Reply priority = caller.datadog(
                "POST",
                "/api/v2/cases/" + id + "/priority",
                "{\"data\":{\"type\":\"case\",\"attributes\":{\"priority\":\"P1234\"}}}");
        assertThat(priority.status()).isEqualTo(400);
        assertThat(priority.text("/errors/0/detail"))
                .isEqualTo("invalid priority P1234. Must be one of P1, P2, P3, P4, P5, NOT_DEFINED");
        Reply undeclared = caller.datadog(
                "POST",
                "/api/v2/cases/" + id + "/custom_attributes/other",
                "{\"data\":{\"type\":\"case\",\"attributes\":{\"type\":\"TEXT\",\"is_multi\":false,\"value\":\"x\"}}}");
        assertThat(undeclared.status()).isEqualTo(404);
        assertThat(undeclared.text("/errors/0/meta/key")).isEqualTo("other");
        assertThat(caller.datadog("POST", "/api/v2/cases", "no json").status()).isEqualTo(400);
    }

    @Test
    void findsCaseBySearchOnlyAfterTheIndexLag() {
        caller.control("PATCH", "/settings", "{\"indexLagMs\":{\"datadog\":300}}");
        String id = caller.createCase("checkout slow", "fx-1");
        String search = "/api/v2/cases?filter=" + SandboxCaller.encoded("fusion_id:fx-1");

        assertThat(caller.datadog("GET", search, null).body().path("data")).isEmpty();
        assertThat(caller.datadog("GET", "/api/v2/cases/" + id, null).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(
                        caller.datadog("GET", search, null).text("/data/0/id"))
                .isEqualTo(id));
        String byTitle = "/api/v2/cases?filter=" + SandboxCaller.encoded("\"CHECKOUT slow\" AND priority:(P1 OR P2)");
        assertThat(caller.datadog("GET", byTitle, null).text("/meta/total_cases"))
                .isEqualTo("1");
        String none = "/api/v2/cases?filter=" + SandboxCaller.encoded("-priority:P1");
        assertThat(caller.datadog("GET", none, null).body().path("data")).isEmpty();
    }

    @Test
    void linksIncidentToCaseOnlyOnce() {
        String id = caller.createCase("a", "fx-1");
        String incident = caller.createDatadogIncident("a", "fx-1").text("/data/id");
        String body = "{\"data\":{\"type\":\"incidents\",\"id\":\"" + incident + "\"}}";

        for (int time = 0; time < 2; time++) {
            Reply linked = caller.datadog("POST", "/api/v2/cases/" + id + "/relationships/incidents", body);
            assertThat(linked.status()).isEqualTo(201);
            assertThat(linked.body().at("/data/attributes/insights")).hasSize(1);
        }
    }

    @Test
    void searchesResolvesAndAttachesToIncident() {
        Reply created = caller.createDatadogIncident("checkout slow", "fx-1");
        assertThat(created.status()).isEqualTo(201);
        String id = created.text("/data/id");
        String search = "/api/v2/incidents/search?query="
                + SandboxCaller.encoded("state:active AND severity:(SEV-1 OR SEV-2) AND \"about fx-1\"");
        assertThat(caller.datadog("GET", search, null).text("/data/attributes/incidents/0/data/id"))
                .isEqualTo(id);

        String attachments = "/api/v2/incidents/" + id + "/attachments";
        Reply attached = caller.datadog(
                "POST",
                attachments,
                "{\"data\":{\"type\":\"incident_attachments\",\"attributes\":{\"attachment_type\":\"link\","
                        + "\"attachment\":{\"documentUrl\":\"https://x.test/1\",\"title\":\"ServiceNow\"}}}}");
        assertThat(attached.status()).isEqualTo(201);
        assertThat(caller.datadog("GET", attachments + "?filter%5Battachment_type%5D=2", null)
                        .text("/data/0/attributes/attachment/documentUrl"))
                .isEqualTo("https://x.test/1");
        assertThat(caller.datadog("GET", "/api/v2/incidents/nonsense/attachments", null)
                        .text("/errors/0/detail"))
                .isEqualTo("malformed incident ID");

        Reply resolved = caller.datadog(
                "PATCH",
                "/api/v2/incidents/" + id,
                "{\"data\":{\"type\":\"incidents\",\"id\":\"" + id
                        + "\",\"attributes\":{\"fields\":{\"state\":{\"type\":\"dropdown\",\"value\":\"resolved\"}}}}}");
        assertThat(resolved.text("/data/attributes/resolved")).endsWith("+00:00");
        await().atMost(Duration.ofSeconds(2)).until(() -> hub.received.size() == 2);
    }

    @Test
    void sendsMonitorAlertWithOneCycleUntilItRecovers() throws IOException {
        Reply alert = caller.control(
                "POST", "/datadog/alerts", "{\"priority\":\"P1\",\"title\":\"slow\",\"service\":\"checkout\"}");
        String monitor = alert.text("/monitor");
        caller.control("POST", "/datadog/alerts", "{\"transition\":\"Recovered\",\"monitor\":" + monitor + "}");

        await().atMost(Duration.ofSeconds(2)).until(() -> hub.received.size() == 2);
        HubDouble.Received first = hub.received.get(0);
        assertThat(first.path()).isEqualTo("/webhooks/datadog");
        assertThat(first.headers()).containsEntry("X-Fusion-Token", "sandbox-datadog-secret");
        assertThat(first.text("/schema")).isEqualTo("datadog-monitor-1");
        assertThat(first.text("/alert_priority")).isEqualTo("P1");
        assertThat(hub.received.get(1).text("/alert_cycle_key")).isEqualTo(first.text("/alert_cycle_key"));
        Reply read = caller.datadog("GET", "/api/v1/monitor/" + monitor + "?group_states=all", null);
        assertThat(read.text("/overall_state")).isEqualTo("OK");
        assertThat(read.text("/state/groups/service:checkout/status")).isEqualTo("OK");
        assertThat(caller.datadog("GET", "/api/v1/monitor/1", null).text("/errors/0"))
                .isEqualTo("Monitor not found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metric | query alert | query_alert_monitor | avg(last_5m):",
                "anomaly | query alert | query_alert_monitor | anomalies(",
                "apm | trace-analytics alert | trace_analytics_alert | trace-analytics(",
                "log | log alert | log_alert | logs(",
                "composite | composite | composite_monitor | &&",
                "slo-burn-rate | slo alert | metric_slo_alert | burn_rate(",
                "slo-error-budget | slo alert | monitor_slo_alert | error_budget(",
                "synthetics | synthetics alert | synthetics_alert | no_query",
                "event | event-v2 alert | event_v2_alert | events(",
                "service-check | service check | service_check | count_by_status()"
            })
    void firesEachKindOfMonitor(String kind, String type, String eventType, String query) throws IOException {
        String monitor = caller.control(
                        "POST",
                        "/datadog/alerts",
                        "{\"kind\":\"" + kind
                                + "\",\"transition\":\"Warn\",\"priority\":\"P2\",\"title\":\"t\",\"scope\":\"\"}")
                .text("/monitor");
        await().atMost(Duration.ofSeconds(2)).until(() -> hub.received.size() == 1);
        caller.control(
                "POST", "/datadog/alerts", "{\"transition\":\"Recovered\",\"scope\":\"\",\"monitor\":" + monitor + "}");

        await().atMost(Duration.ofSeconds(2)).until(() -> hub.received.size() == 2);
        for (HubDouble.Received each : hub.received) {
            assertThat(each.text("/event_type")).isEqualTo(eventType);
            assertThat(each.text("/alert_query")).contains(query).doesNotContain("<scope>");
            assertThat(each.text("/alert_scope")).isEmpty();
            assertThat(each.text("/alert_title")).isEqualTo("t");
            assertThat(each.text("/alert_priority")).isEqualTo("P2");
            assertThat(each.text("/alert_cycle_key"))
                    .isNotEmpty()
                    .isEqualTo(hub.received.get(0).text("/alert_cycle_key"));
        }
        assertThat(hub.received.get(0).text("/event_title")).isEqualTo("[Warn] t");
        assertThat(hub.received.get(1).text("/alert_transition")).isEqualTo("Recovered");
        assertThat(caller.datadog("GET", "/api/v1/monitor/" + monitor, null).text("/type"))
                .isEqualTo(type);
        assertThat(caller.control("POST", "/datadog/alerts", "{\"kind\":\"sloo\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void firesForEachGroup() throws IOException {
        Reply fired = caller.control(
                "POST", "/datadog/alerts", "{\"kind\":\"log\",\"groups\":[\"env:prod,host:a\",\"env:prod,host:b\"]}");

        await().atMost(Duration.ofSeconds(2)).until(() -> hub.received.size() == 2);
        assertThat(fired.text("/groups/1/scope")).isEqualTo("env:prod,host:b");
        HubDouble.Received first = hub.received.get(0);
        HubDouble.Received second = hub.received.get(1);
        assertThat(second.text("/alert_id")).isEqualTo(first.text("/alert_id"));
        assertThat(second.text("/alert_cycle_key")).isNotEqualTo(first.text("/alert_cycle_key"));
        assertThat(second.text("/event_title")).startsWith("[Triggered on {env:prod,host:");
    }

    @Test
    void retriesWebhookAfterServerError() {
        hub.failures.set(1);
        caller.control("POST", "/datadog/incidents", "{\"severity\":\"SEV-1\",\"title\":\"by hand\"}");
        await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> assertThat(
                        caller.control("GET", "/webhooks", null).text("/0/state"))
                .isEqualTo("delivered"));
        assertThat(hub.received).hasSize(2);
    }

    @Test
    void keepsWebhookConfiguration() {
        String path = "/api/v1/integration/webhooks/configuration/webhooks";
        String body = "{\"name\":\"hub\",\"url\":\"http://localhost/x\"}";
        assertThat(caller.datadog("POST", path, body).status()).isEqualTo(201);
        assertThat(caller.datadog("POST", path, body).text("/errors/0")).isEqualTo("Webhook already exists");
        assertThat(caller.datadog("GET", path + "/hub", null).text("/encode_as"))
                .isEqualTo("json");
    }
}
