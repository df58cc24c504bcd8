package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.Signatures;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

/** Sends V3 webhooks: to the hub of the settings, and to every active subscription made through the API. */
final class PagerDutyWebhooks {
    private final Workshop workshop;
    private final Subscriptions subscriptions;

    PagerDutyWebhooks(Workshop workshop, Subscriptions subscriptions) {
        this.workshop = workshop;
        this.subscriptions = subscriptions;
    }

    /** @param agent who did it, null for PagerDuty itself */
    void send(String event, String resource, ObjectNode agent, ObjectNode data, String lane, String service) {
        byte[] body = Json.bytes(envelope(event, resource, agent, data));
        String hub = workshop.settings().webhookUrl(Platform.PAGERDUTY);
        String secret = workshop.settings().secret(Platform.PAGERDUTY);
        post(event, hub, secret, Map.of(), body, lane, null);
        for (Subscriptions.Subscription subscription : subscriptions.wanting(event, service)) {
            post(
                    event,
                    subscription.url(),
                    subscription.secret(),
                    subscription.headers(),
                    body,
                    lane + "/" + subscription.id(),
                    taken -> subscriptions.answered(subscription, taken));
        }
    }

    void ping(Subscriptions.Subscription subscription) {
        ObjectNode data =
                Json.object().put("message", "Hello from your friend Pagey!").put("type", "ping");
        byte[] body = Json.bytes(envelope("pagey.ping", "pagey", null, data));
        post("pagey.ping", subscription.url(), subscription.secret(), subscription.headers(), body, "", null);
    }

    private static ObjectNode envelope(String event, String resource, ObjectNode agent, ObjectNode data) {
        ObjectNode body = Json.object();
        ObjectNode envelope = body.putObject("event")
                .put("id", Identifiers.opaque("01", 26))
                .put("event_type", event)
                .put("resource_type", resource)
                .put("occurred_at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        envelope.set("agent", agent);
        envelope.putNull("client").set("data", data);
        return body;
    }

    private void post(
            String event,
            String url,
            String secret,
            Map<String, String> more,
            byte[] body,
            String lane,
            Consumer<Boolean> whenOver) {
        String id = Identifiers.uuid();
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("X-PagerDuty-Signature", Signatures.pagerDuty(secret, body));
        headers.put("X-Webhook-Id", id);
        workshop.webhooks().send(Platform.PAGERDUTY, id, event, url, body, lane, () -> headers, whenOver);
    }
}
