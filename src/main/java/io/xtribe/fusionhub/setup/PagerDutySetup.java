package io.xtribe.fusionhub.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.config.HubConfiguration;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformSettings;

/**
 * PagerDuty's V3 webhook subscription for the whole account
 * (<a href="https://developer.pagerduty.com/docs/webhooks-overview">Webhooks</a>).
 *
 * <p>PagerDuty makes the signing secret itself and shows it once. A hub that does not have it yet answers 404 or 401, and
 * PagerDuty drops what is answered so and disables a subscription after three of them. So a subscription is made inactive,
 * and made active by a later run, once a secret is configured.
 */
final class PagerDutySetup implements WebhookSetup {
    /** All that {@code signal.jq} of PagerDuty's folder understands. */
    static final Set<String> EVENTS = Set.of(
            "incident.triggered",
            "incident.acknowledged",
            "incident.unacknowledged",
            "incident.resolved",
            "incident.reopened",
            "incident.merged",
            "incident.priority_updated",
            "incident.annotated");

    private static final String PATH = "/webhook_subscriptions";
    private static final int PAGE = 100;
    private static final String SHOWN_ONCE =
            "PagerDuty shows the signing secret once, when the subscription is created:"
                    + " give --secret-file=<a file that is not there yet>. Only you will be able to read it.";
    private static final String ACCOUNT = "account_reference";

    private final VendorApi api;
    private final String endpoint;
    private final boolean hasSecret;
    private final Path secretFile;
    private final List<String> hints = new ArrayList<>();

    /**
     * The setup.
     *
     * @param endpoint where PagerDuty shall post to
     * @param secretFile a file that is not there yet, for the signing secret; null when none is given
     */
    PagerDutySetup(HubConfiguration.Values config, String endpoint, Path secretFile) throws HubConfiguration.Invalid {
        this.endpoint = endpoint;
        this.secretFile = secretFile;
        PlatformSettings pagerduty = Platform.find("pagerduty", config.hub(), config.values())
                .orElseThrow()
                .settings();
        hasSecret = Secrets.isSet(config.hub(), "pagerduty");
        String token = HubConfiguration.required(
                "fusion.pagerduty.token", pagerduty.text("token"), "a REST API key that is not read-only");
        api = new VendorApi(
                "fusion.pagerduty.url",
                pagerduty.url(),
                Map.of("Authorization", "Token token=" + token, "Accept", "application/vnd.pagerduty+json;version=2"),
                "check fusion.pagerduty.token: a REST API key of the account that is not read-only, or of a user who may"
                        + " manage webhooks of the whole account",
                List.of(token));
    }

    @Override
    public List<Change> missing() throws SetupFailure, InterruptedException {
        List<JsonNode> ours = subscriptions();
        if (ours.isEmpty()) {
            if (secretFile == null) {
                hints.add(SHOWN_ONCE);
            }
            return List.of(new Change(
                    "create a webhook subscription to " + endpoint + " for " + EVENTS.size()
                            + " kinds of events of the whole account, inactive until the hub has its secret",
                    this::create));
        }
        for (JsonNode more : ours.subList(1, ours.size())) {
            hints.add("Subscription " + id(more) + " posts to the same address: remove it in PagerDuty (Integrations,"
                    + " Generic Webhooks), or every event comes twice.");
        }
        return updates(ours.get(0));
    }

    @Override
    public List<String> hints() {
        return hints;
    }

    /** The active ones first: they are in use. */
    private List<JsonNode> subscriptions() throws SetupFailure, InterruptedException {
        List<JsonNode> active = new ArrayList<>();
        List<JsonNode> inactive = new ArrayList<>();
        for (int offset = 0; ; offset += PAGE) {
            JsonNode page = api.send("GET", PATH + "?limit=" + PAGE + "&offset=" + offset, null);
            for (JsonNode subscription : page.path("webhook_subscriptions")) {
                if (subscription.at("/delivery_method/url").asText().equals(endpoint)) {
                    (isActive(subscription) ? active : inactive).add(subscription);
                }
            }
            if (!page.path("more").asBoolean()) {
                active.addAll(inactive);
                return active;
            }
        }
    }

    private List<Change> updates(JsonNode subscription) {
        List<Change> missing = new ArrayList<>();
        String path = PATH + "/" + id(subscription);
        ObjectNode update = JsonNodeFactory.instance.objectNode();
        List<String> what = new ArrayList<>();
        Set<String> events = new LinkedHashSet<>();
        subscription.path("events").forEach(event -> events.add(event.asText()));
        if (events.addAll(EVENTS)) {
            put(update, events);
            what.add("events");
        }
        JsonNode filter = subscription.path("filter");
        if (!filter.path("type").asText().equals(ACCOUNT)) {
            update.putObject("filter").put("type", ACCOUNT);
            what.add("scope, the whole account (was " + filter.path("type").asText() + " "
                    + filter.path("id").asText() + ")");
        }
        if (!isActive(subscription) && hasSecret) {
            update.put("active", true);
            what.add("active");
        }
        if (!update.isEmpty()) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.set("webhook_subscription", update);
            missing.add(new Change(
                    "update the webhook subscription " + id(subscription) + ": " + String.join(", ", what), () -> {
                        api.send("PUT", path, body);
                        return "";
                    }));
        }
        if (subscription.at("/delivery_method/temporarily_disabled").asBoolean()) {
            missing.add(new Change(
                    "enable the webhook subscription " + id(subscription)
                            + ", which PagerDuty has disabled because the webhook endpoint refused its events",
                    () -> {
                        api.send("POST", path + "/enable", null);
                        return "";
                    }));
        }
        if (!hasSecret) {
            hints.add("Subscription " + id(subscription)
                    + (isActive(subscription) ? " is active, but " : " stays inactive: ")
                    + Secrets.key("pagerduty")
                    + " is not set. Set it to the secret that was shown when it was created, as"
                    + " environment variable " + HubConfiguration.variable(Secrets.key("pagerduty"))
                    + ". PagerDuty does not show it again: where it is lost, remove the subscription in PagerDuty"
                    + " (Integrations, Generic Webhooks) and run this again.");
        }
        return missing;
    }

    private String create() throws SetupFailure, InterruptedException {
        if (secretFile == null) {
            throw new SetupFailure(SHOWN_ONCE);
        }
        // Before the call: a secret that cannot be kept is lost.
        try (SecretFile file = SecretFile.create(secretFile)) {
            JsonNode made = api.send("POST", PATH, wanted()).path("webhook_subscription");
            String secret = made.at("/delivery_method/secret").asText("");
            if (secret.isEmpty()) {
                throw new SetupFailure("PagerDuty has created subscription " + id(made) + " without showing its secret:"
                        + " remove it there (Integrations, Generic Webhooks) and run this again");
            }
            file.write(secret, "remove subscription " + id(made) + " in PagerDuty (Integrations, Generic Webhooks)");
            return "subscription " + id(made) + ", inactive; its signing secret is in " + secretFile + "\nNext: set "
                    + HubConfiguration.variable(Secrets.key("pagerduty")) + " to that secret at the hub (after a comma"
                    + " beside the one it has, while another subscription is in use), restart the hub, and run this again"
                    + " with the same variable: that makes the subscription active.";
        }
    }

    private ObjectNode wanted() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode subscription = body.putObject("webhook_subscription")
                .put("type", "webhook_subscription")
                .put("description", "xTribe Fusion Hub")
                .put("active", false);
        subscription
                .putObject("delivery_method")
                .put("type", "http_delivery_method")
                .put("url", endpoint);
        put(subscription, EVENTS);
        subscription.putObject("filter").put("type", ACCOUNT);
        return body;
    }

    private static void put(ObjectNode subscription, Set<String> events) {
        var list = subscription.putArray("events");
        events.stream().sorted().forEach(list::add);
    }

    private static boolean isActive(JsonNode subscription) {
        return subscription.path("active").asBoolean(true);
    }

    private static String id(JsonNode subscription) {
        return subscription.path("id").asText();
    }
}
