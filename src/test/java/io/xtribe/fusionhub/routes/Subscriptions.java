package io.xtribe.fusionhub.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.xtribe.fusionhub.testing.SandboxClient;

/** The webhook subscriptions of the simulated PagerDuty, as its API shows them. */
final class Subscriptions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxClient sandbox;

    Subscriptions(SandboxClient sandbox) {
        this.sandbox = sandbox;
    }

    /** Whose events are answered with 404, since nothing is at that path. */
    String subscribe(String description) {
        var wanted = JSON.createObjectNode();
        var subscription = wanted.putObject("webhook_subscription")
                .put("type", "webhook_subscription")
                .put("description", description);
        subscription
                .putObject("delivery_method")
                .put("type", "http_delivery_method")
                .put("url", sandbox.url("pagerduty").replaceFirst("/pagerduty$", "/control/nobody"));
        subscription.putArray("events").add("incident.triggered");
        subscription.putObject("filter").put("type", "account_reference");
        return pagerDuty("POST", wanted).at("/webhook_subscription/id").asText();
    }

    List<String> disabled() {
        var disabled = new ArrayList<String>();
        pagerDuty("GET", null).path("webhook_subscriptions").forEach(subscription -> {
            if (subscription.at("/delivery_method/temporarily_disabled").asBoolean()) {
                disabled.add(subscription.path("id").asText());
            }
        });
        return disabled;
    }

    private JsonNode pagerDuty(String method, JsonNode body) {
        var request = HttpRequest.newBuilder(URI.create(sandbox.url("pagerduty") + "/webhook_subscriptions"))
                .header("Authorization", "Token token=sandbox-token")
                .header("Accept", "application/vnd.pagerduty+json;version=2")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return JSON.readTree(HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
