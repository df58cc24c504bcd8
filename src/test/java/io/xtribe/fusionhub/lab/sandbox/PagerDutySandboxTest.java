package io.xtribe.fusionhub.lab.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.lab.sandbox.SandboxCaller.Reply;
import io.xtribe.fusionhub.lab.sandbox.simulator.Signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** PagerDuty in the sandbox: what its API answers, and what it tells the hub. */
class PagerDutySandboxTest extends SandboxFixture {
    @Test
    void requiresTokenAndKnownSender() {
        assertThat(caller.call("GET", "/pagerduty/incidents", Map.of("Authorization", "Token x"), null)
                        .status())
                .isEqualTo(401);
        Map<String, String> token = Map.of("Authorization", "Token token=sandbox-token");
        Reply anonymous = caller.call("POST", "/pagerduty/incidents", token, "{}");
        assertThat(anonymous.status()).isEqualTo(400);
        assertThat(anonymous.text("/error/message")).startsWith("You must specify a user's email address");
        Map<String, String> stranger =
                Map.of("Authorization", "Token token=sandbox-token", "From", "nobody@sandbox.example");
        assertThat(caller.call("POST", "/pagerduty/incidents", stranger, "{}").text("/error/code"))
                .isEqualTo("1008");
    }

    @Test
    void createsNotifiesAndGuardsTheKeyWhileOpen() {
        Reply created = caller.page("fx-1", ",\"priority\":{\"id\":\"PPRIO01\",\"type\":\"priority_reference\"}");
        assertThat(created.status()).isEqualTo(201);
        String id = created.text("/incident/id");
        assertThat(created.text("/incident/html_url")).isEqualTo(sandbox.url() + "/pagerduty/incidents/" + id);
        assertThat(created.text("/incident/assignments/0/assignee/summary")).isEqualTo("Ada Example");
        assertThat(caller.pagerDuty("GET", "/incidents/" + id + "/log_entries", null)
                        .body()
                        .findValuesAsText("type"))
                .contains("trigger_log_entry", "assign_log_entry", "notify_log_entry");

        Reply again = caller.page("fx-1", "");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body().toString())
                .isEqualTo("{\"error\":{\"message\":\"Arguments Caused Error\",\"code\":2002,\"errors\":"
                        + "[\"Open incident with matching dedup key already exists on this service\"]}}");

        caller.pagerDuty(
                "PUT", "/incidents/" + id, "{\"incident\":{\"type\":\"incident_reference\",\"status\":\"resolved\"}}");
        assertThat(caller.page("fx-1", "").status()).isEqualTo(201);
        Reply both = caller.pagerDuty("GET", "/incidents?incident_key=fx-1&date_range=all&total=true", null);
        assertThat(both.text("/total")).isEqualTo("2");
        assertThat(caller.pagerDuty("GET", "/incidents?statuses%5B%5D=resolved", null)
                        .body()
                        .path("incidents"))
                .hasSize(1);
    }

    @Test
    void refusesWithTheVendorsCodes() {
        assertThat(caller.page("k", ",\"priority\":{\"id\":\"PNONE\",\"type\":\"priority_reference\"}")
                        .text("/error/code"))
                .isEqualTo("1020");
        assertThat(caller.page(
                                "k",
                                ",\"escalation_policy\":{\"id\":\"PPOLICYNO\",\"type\":\"escalation_policy_reference\"}")
                        .text("/error/code"))
                .isEqualTo("1015");
        Reply service = caller.pagerDuty(
                "POST",
                "/incidents",
                "{\"incident\":{\"type\":\"incident\",\"title\":\"x\",\"service\":{\"id\":\"PNONE\"}}}");
        assertThat(service.text("/error/code")).isEqualTo("5002");
        assertThat(caller.pagerDuty("GET", "/incidents/NONE", null).body().toString())
                .isEqualTo("{\"error\":{\"message\":\"Not Found\",\"code\":2100}}");
        caller.control("PATCH", "/settings", "{\"features\":{\"pagerduty.priorities\":false}}");
        assertThat(caller.pagerDuty("GET", "/priorities", null).status()).isEqualTo(402);
    }

    @Test
    void keepsCustomFieldsUpToTheirLength() {
        String path = "/incidents/" + caller.page("fx-1", "").text("/incident/id") + "/custom_fields/values";
        String body = "{\"custom_fields\":[{\"name\":\"datadog_incident_url\",\"value\":\"%s\"}]}";
        Reply set = caller.pagerDuty("PUT", path, body.formatted("https://x.test/1"));
        assertThat(set.status()).isEqualTo(201);
        assertThat(set.text("/custom_fields/0/value")).isEqualTo("https://x.test/1");
        assertThat(caller.pagerDuty("PUT", path, body.formatted("x".repeat(201)))
                        .status())
                .isEqualTo(400);
        caller.control("PATCH", "/settings", "{\"features\":{\"pagerduty.customFields\":404}}");
        assertThat(caller.pagerDuty("PUT", path, body.formatted("x")).status()).isEqualTo(404);
    }

    @Test
    void sendsSignedWebhooksInOrderPerIncident() throws IOException {
        hub.failures.set(2);
        String id = caller.page("fx-1", "").text("/incident/id");
        caller.control("POST", "/pagerduty/incidents/" + id, "{\"status\":\"acknowledged\",\"priority\":\"P2\"}");
        caller.control("POST", "/pagerduty/incidents/" + id, "{\"note\":\"looking\"}");
        caller.control("POST", "/pagerduty/incidents/" + id, "{\"status\":\"resolved\"}");
        caller.control("POST", "/pagerduty/incidents/" + id, "{\"status\":\"triggered\"}");

        await().atMost(Duration.ofSeconds(5)).until(() -> hub.received.size() == 8);
        var events = new ArrayList<String>();
        for (HubDouble.Received received : hub.received) {
            events.add(received.text("/event/event_type"));
            assertThat(received.headers())
                    .containsEntry(
                            "X-PagerDuty-Signature", Signatures.pagerDuty("sandbox-pagerduty-secret", received.body()));
        }
        assertThat(events.subList(2, 8))
                .containsExactly(
                        "incident.triggered",
                        "incident.acknowledged",
                        "incident.priority_updated",
                        "incident.annotated",
                        "incident.resolved",
                        "incident.reopened");
        assertThat(hub.received.get(0).headers().get("X-Webhook-Id"))
                .isEqualTo(hub.received.get(2).headers().get("X-Webhook-Id"));
        assertThat(hub.received.get(5).text("/event/data/incident/id")).isEqualTo(id);
    }

    @Test
    void showsPageToBrowsersAndJsonToClients() {
        String id = caller.page("fx-1", "").text("/incident/id");
        Reply page = caller.call("GET", "/pagerduty/incidents/" + id, Map.of("Accept", "text/html"), null);
        assertThat(new String(page.response().body(), StandardCharsets.UTF_8)).contains("Notified Ada Example");
        assertThat(caller.pagerDuty("GET", "/incidents/" + id, null).text("/incident/id"))
                .isEqualTo(id);
    }

    @Test
    void deliversToSubscriptionsWithTheirOwnSecret() {
        String url = hub.url().replace("/webhooks", "/mine");
        Reply made = caller.pagerDuty("POST", "/webhook_subscriptions", """
                {"webhook_subscription":{"type":"webhook_subscription","events":["incident.triggered"],
                  "delivery_method":{"type":"http_delivery_method","url":"%s"},
                  "filter":{"type":"account_reference"}}}""".formatted(url));
        assertThat(made.text("/webhook_subscription/delivery_method/secret")).isNotEmpty();
        String id = made.text("/webhook_subscription/id");
        assertThat(caller.pagerDuty("POST", "/webhook_subscriptions/" + id + "/ping", null)
                        .status())
                .isEqualTo(202);
        await().atMost(Duration.ofSeconds(2)).until(() -> hub.received.size() == 1);
        assertThat(hub.received.get(0).path()).isEqualTo("/mine");
    }

    @Test
    void deliversToActiveSubscriptionsOnly() {
        String body = """
                {"webhook_subscription":{"type":"webhook_subscription","events":["incident.triggered"],"active":false,
                  "delivery_method":{"type":"http_delivery_method","url":"%s"},
                  "filter":{"type":"account_reference"}}}""".formatted(hub.url().replace("/webhooks", "/mine"));
        String path = "/webhook_subscriptions/"
                + caller.pagerDuty("POST", "/webhook_subscriptions", body).text("/webhook_subscription/id");

        caller.page("fx-1", "");
        Reply active = caller.pagerDuty("PUT", path, "{\"webhook_subscription\":{\"active\":true}}");
        caller.page("fx-2", "");

        assertThat(active.status()).isEqualTo(200);
        assertThat(active.body()
                        .at("/webhook_subscription/delivery_method/secret")
                        .isNull())
                .isTrue();
        await().atMost(Duration.ofSeconds(5)).until(() -> hub.received.size() == 3);
        assertThat(hub.received)
                .extracting(HubDouble.Received::path)
                .containsExactlyInAnyOrder("/webhooks/pagerduty", "/webhooks/pagerduty", "/mine");
        assertThat(caller.pagerDuty("PUT", path, "{\"webhook_subscription\":{\"events\":[]}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void listsSubscriptionsInPages() {
        for (int number = 1; number <= 3; number++) {
            caller.pagerDuty("POST", "/webhook_subscriptions", """
                    {"webhook_subscription":{"type":"webhook_subscription","events":["incident.triggered"],
                      "delivery_method":{"type":"http_delivery_method","url":"http://127.0.0.1/%d"},
                      "filter":{"type":"account_reference"}}}""".formatted(number));
        }

        Reply page = caller.pagerDuty("GET", "/webhook_subscriptions?limit=2&offset=2", null);

        assertThat(page.body().path("webhook_subscriptions")).hasSize(1);
        assertThat(page.body().path("more").asBoolean()).isFalse();
        assertThat(caller.pagerDuty("GET", "/webhook_subscriptions?limit=2", null)
                        .body()
                        .path("more")
                        .asBoolean())
                .isTrue();
    }
}
