package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

/** Webhook subscriptions; the secret is shown only by the call that makes one. */
final class Subscriptions {
    private static final String PATH = "/webhook_subscriptions";

    /** Where one subscription delivers to. Never print it: it holds the secret. */
    record Subscription(String id, String url, String secret, Map<String, String> headers, ObjectNode resource) {
        @Override
        public String toString() {
            return "Subscription[id=" + id + ", url=" + url + "]";
        }
    }

    /** So many refusals in a row disable a subscription, for a day. */
    private static final int STRIKES = 3;

    private static final Duration DISABLED_FOR = Duration.ofHours(24);

    private final Map<String, Subscription> byId = new LinkedHashMap<>();
    private final Map<String, Integer> strikes = new HashMap<>();
    private final Map<String, Instant> disabledAt = new HashMap<>();

    void clear() {
        byId.clear();
        strikes.clear();
        disabledAt.clear();
    }

    /** Its receiver has taken an event, or has refused it with an answer after which it is not sent again. */
    void answered(Subscription subscription, boolean isTaken) {
        if (isTaken) {
            strikes.remove(subscription.id);
        } else if (strikes.merge(subscription.id, 1, Integer::sum) >= STRIKES) {
            strikes.remove(subscription.id);
            disabledAt.put(subscription.id, Instant.now());
            disabled(subscription, true);
        }
    }

    private static void disabled(Subscription subscription, boolean isDisabled) {
        ((ObjectNode) subscription.resource.get("delivery_method")).put("temporarily_disabled", isDisabled);
    }

    private boolean isDisabled(Subscription subscription) {
        Instant since = disabledAt.get(subscription.id);
        if (since != null && Instant.now().isAfter(since.plus(DISABLED_FOR))) {
            enable(subscription);
        }
        return subscription
                .resource
                .path("delivery_method")
                .path("temporarily_disabled")
                .asBoolean();
    }

    private void enable(Subscription subscription) {
        disabledAt.remove(subscription.id);
        disabled(subscription, false);
    }

    List<Subscription> wanting(String event, String service) {
        List<Subscription> wanting = new ArrayList<>();
        for (Subscription subscription : byId.values()) {
            JsonNode filter = subscription.resource.path("filter");
            boolean inScope = filter.path("type").asText().equals("account_reference")
                    || filter.path("id").asText().equals(service);
            boolean active = subscription.resource.path("active").asBoolean();
            if (active
                    && !isDisabled(subscription)
                    && inScope
                    && Json.texts(subscription.resource.path("events")).contains(event)) {
                wanting.add(subscription);
            }
        }
        return wanting;
    }

    void operations(Operations operations, Consumer<Subscription> ping) {
        operations.reads(GET, PATH, "list-webhook-subscriptions", this::list);
        operations.writes(POST, PATH, "create-webhook-subscription", this::create);
        operations.reads(GET, PATH + "/:id", "get-webhook-subscription", call -> document(redacted(find(call))));
        operations.writes(PUT, PATH + "/:id", "update-webhook-subscription", this::update);
        operations.writes(DELETE, PATH + "/:id", "delete-webhook-subscription", call -> {
            byId.remove(find(call).id);
            call.committed();
            return Answer.empty(204);
        });
        operations.writes(POST, PATH + "/:id/enable", "enable-webhook-subscription", call -> {
            Subscription subscription = find(call);
            enable(subscription);
            call.committed();
            return document(redacted(subscription));
        });
        operations.writes(POST, PATH + "/:id/ping", "ping-webhook-subscription", call -> {
            ping.accept(find(call));
            return Answer.empty(202);
        });
    }

    private Subscription find(Exchange call) {
        Subscription found = byId.get(call.path("id"));
        if (found == null) {
            throw PagerDutyErrors.notFound();
        }
        return found;
    }

    private Answer list(Exchange call) {
        int limit = Pages.limit(call);
        int offset = Pages.offset(call);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("webhook_subscriptions");
        byId.values().stream().skip(offset).limit(limit).forEach(subscription -> list.add(redacted(subscription)));
        return Answer.of(200, Pages.add(answer, limit, offset, byId.size(), call));
    }

    /** All but the delivery method, which the vendor does not let change. */
    private Answer update(Exchange call) {
        Subscription subscription = find(call);
        JsonNode wanted = call.body().path("webhook_subscription");
        boolean sound = wanted.isObject()
                && (!wanted.has("events") || isEvents(wanted.path("events")))
                && (!wanted.has("filter") || isFilter(wanted.path("filter")))
                && (!wanted.has("active") || wanted.path("active").isBoolean());
        if (!sound) {
            throw PagerDutyErrors.arguments("events, filter and active have to be of their types");
        }
        for (String member : List.of("description", "events", "filter", "active")) {
            if (wanted.has(member)) {
                subscription.resource.set(member, wanted.get(member));
            }
        }
        call.committed();
        return document(redacted(subscription));
    }

    private static boolean isEvents(JsonNode events) {
        return events.isArray() && !events.isEmpty();
    }

    /** Everything but the account is named by its id. */
    private static boolean isFilter(JsonNode filter) {
        String type = filter.path("type").asText();
        return type.equals("account_reference")
                || (List.of("service_reference", "team_reference").contains(type) && filter.hasNonNull("id"));
    }

    private Answer create(Exchange call) {
        JsonNode wanted = call.body().path("webhook_subscription");
        JsonNode method = wanted.path("delivery_method");
        String url = method.path("url").asText("");
        boolean complete = wanted.path("type").asText().equals("webhook_subscription")
                && method.path("type").asText().equals("http_delivery_method")
                && url.startsWith("http")
                && isEvents(wanted.path("events"))
                && isFilter(wanted.path("filter"));
        if (!complete) {
            throw PagerDutyErrors.arguments("type, delivery_method, events and filter are required");
        }
        String id = Identifiers.opaque("P", 7);
        String secret = Identifiers.hex();
        ObjectNode resource = Json.object()
                .put("id", id)
                .put("type", "webhook_subscription")
                .put("active", wanted.path("active").asBoolean(true))
                .put("description", wanted.path("description").asText(""));
        ObjectNode delivery = resource.putObject("delivery_method")
                .put("id", Identifiers.opaque("P", 7))
                .put("type", "http_delivery_method")
                .put("url", url)
                .put("temporarily_disabled", false)
                .putNull("secret");
        ArrayNode shownHeaders = delivery.putArray("custom_headers");
        Map<String, String> headers = new LinkedHashMap<>();
        method.path("custom_headers").forEach(header -> {
            headers.put(header.path("name").asText(), header.path("value").asText());
            shownHeaders.addObject().put("name", header.path("name").asText()).put("value", "<redacted>");
        });
        resource.set("events", wanted.get("events"));
        resource.set("filter", wanted.get("filter"));
        byId.put(id, new Subscription(id, url, secret, headers, resource));
        call.committed();
        ObjectNode shown = resource.deepCopy();
        ((ObjectNode) shown.get("delivery_method")).put("secret", secret);
        return document(shown);
    }

    private static ObjectNode redacted(Subscription subscription) {
        return subscription.resource;
    }

    private static Answer document(ObjectNode shown) {
        ObjectNode answer = Json.object();
        answer.set("webhook_subscription", shown);
        return Answer.of(200, answer);
    }
}
