package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The switches of a running sandbox, kept as the JSON that {@code /control/settings} shows and merges. */
public final class Settings {
    private final SandboxOptions options;
    private ObjectNode tree;
    private Runnable changed = () -> {};

    public Settings(SandboxOptions options) {
        this.options = options;
        reset();
    }

    void onChange(Runnable listener) {
        changed = listener;
    }

    void reset() {
        tree = Json.literal("""
                {"latencyMs": {"datadog": 0, "servicenow": 0, "pagerduty": 0},
                 "clockSeconds": {"datadog": 0, "servicenow": 0, "pagerduty": 0},
                 "indexLagMs": {"datadog": 0, "servicenow": 0, "pagerduty": 0},
                 "limits": {
                   "datadog": {"calls": 0, "seconds": 60}, "servicenow": {"calls": 0, "seconds": 3600},
                   "pagerduty": {"calls": 0, "seconds": 60}},
                 "webhooks": {
                   "url": null,
                   "enabled": {"datadog": true, "servicenow": true, "pagerduty": true},
                   "delayMs": {"datadog": 0, "servicenow": 0, "pagerduty": 0},
                   "hold": {"datadog": false, "servicenow": false, "pagerduty": false},
                   "duplicates": 0, "maxTries": 6, "backOffMs": 200,
                   "retryHours": {"datadog": 0, "servicenow": 0, "pagerduty": 0}},
                 "features": {
                   "datadog.customAttributes": true, "datadog.timeline": true, "datadog.incidentCompleted": false,
                   "servicenow.linkColumns": true, "servicenow.ruleSkipsHubUser": true,
                   "servicenow.signWebhooks": false, "servicenow.closeNeedsAdmin": true,
                   "servicenow.clientCredentials": true, "servicenow.dropsUnknownReferences": false,
                   "servicenow.journal": true, "servicenow.notesOfRecord": true,
                   "servicenow.readsProperties": true, "servicenow.pagerDutyApp": false, "datadog.monitorsTellOrg": false,
                   "pagerduty.customFields": true, "pagerduty.priorities": true, "pagerduty.onCall": true,
                   "pagerduty.strictTransitions": false, "pagerduty.hubUser": true},
                 "servicenow": {"matrix": {}, "putsBack": [], "roles": ["itil"], "dataPolicies": []},
                 "datadog": {"projectSettings": {}, "requiredFields": []},
                 "pagerduty": {
                   "priorityNames": ["P1", "P2", "P3", "P4", "P5"], "hubRole": "admin", "extensions": [],
                   "integrations": []},
                 "credentials": {
                   "datadog.apiKey": "sandbox-api-key", "datadog.appKey": "sandbox-app-key",
                   "servicenow.username": "fusion", "servicenow.password": "sandbox-password",
                   "servicenow.clientId": "sandbox-client", "servicenow.clientSecret": "sandbox-client-secret",
                   "pagerduty.token": "sandbox-token", "pagerduty.from": "fusion@sandbox.example",
                   "pagerduty.routingKey": "sandbox0routing0key0000000000000"},
                 "accounts": {"datadog.orgId": "1200000001", "servicenow.instance": "sandbox"},
                 "secrets": {}}
                """);
        ((ObjectNode) tree.get("webhooks")).put("url", options.hub());
        ObjectNode secrets = (ObjectNode) tree.get("secrets");
        options.secrets().forEach((platform, secret) -> secrets.put(platform.key(), secret));
        changed.run();
    }

    void merge(JsonNode change) {
        Json.merge(tree, change);
        changed.run();
    }

    ObjectNode toJson() {
        return tree;
    }

    public long latencyMs(Platform platform) {
        return tree.path("latencyMs").path(platform.key()).asLong();
    }

    /** How far the platform's clock is ahead of the right time, in seconds; negative when it is behind. */
    public long clockSeconds(Platform platform) {
        return tree.path("clockSeconds").path(platform.key()).asLong();
    }

    public long indexLagMs(Platform platform) {
        return tree.path("indexLagMs").path(platform.key()).asLong();
    }

    /** How many calls are answered in a window; 0 for all. */
    int limit(Platform platform) {
        return tree.path("limits").path(platform.key()).path("calls").asInt();
    }

    long limitMillis(Platform platform) {
        return Math.max(
                1, tree.path("limits").path(platform.key()).path("seconds").asLong() * 1000);
    }

    /** True unless the feature is false, or a number: then that number is the status of the refusal. */
    public boolean feature(String name) {
        return tree.path("features").path(name).asBoolean(false)
                && !tree.path("features").path(name).isNumber();
    }

    /** The status with which a feature that is off refuses: the number set in its place, else the given one. */
    public int refusal(String feature, int otherwise) {
        return tree.path("features").path(feature).asInt(0) > 1
                ? tree.path("features").path(feature).asInt()
                : otherwise;
    }

    /** What stands at that place, such as {@code /datadog/projectSettings}. */
    public JsonNode at(String place) {
        return tree.at(place);
    }

    /** A table of words at that place, such as {@code /servicenow/matrix}; empty when there is none. */
    public Map<String, String> table(String at) {
        Map<String, String> table = new LinkedHashMap<>();
        tree.at(at)
                .properties()
                .forEach(entry -> table.put(entry.getKey(), entry.getValue().asText()));
        return table;
    }

    /** A list of words at that place, such as {@code /servicenow/putsBack}; empty when there is none. */
    public List<String> list(String at) {
        return Json.texts(tree.at(at));
    }

    /** Whose a platform is, as its webhooks tell it. */
    public String account(String name) {
        return tree.path("accounts").path(name).asText();
    }

    public String credential(String name) {
        return tree.path("credentials").path(name).asText();
    }

    public String secret(Platform platform) {
        return tree.path("secrets").path(platform.key()).asText();
    }

    /** Where the hub takes the platform's webhooks, or null when there is no hub. */
    public String webhookUrl(Platform platform) {
        String url = tree.path("webhooks").path("url").asText(null);
        return url == null || url.isBlank() ? null : url.replaceAll("/+$", "") + "/" + platform.key();
    }

    boolean webhooksEnabled(Platform platform) {
        return tree.path("webhooks").path("enabled").path(platform.key()).asBoolean(true);
    }

    boolean webhooksHeld(Platform platform) {
        return tree.path("webhooks").path("hold").path(platform.key()).asBoolean(false);
    }

    long webhooksDelayMs(Platform platform) {
        return tree.path("webhooks").path("delayMs").path(platform.key()).asLong();
    }

    int webhookDuplicates() {
        return tree.path("webhooks").path("duplicates").asInt();
    }

    int webhookTries() {
        return tree.path("webhooks").path("maxTries").asInt(6);
    }

    /** For how long a webhook is sent again whatever {@code maxTries} says; 0 where that alone counts. */
    long webhookRetryHours(Platform platform) {
        return tree.path("webhooks").path("retryHours").path(platform.key()).asLong(0);
    }

    long webhookBackOffMs() {
        return tree.path("webhooks").path("backOffMs").asLong(200);
    }
}
