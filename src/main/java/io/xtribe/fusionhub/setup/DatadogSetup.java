package io.xtribe.fusionhub.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.config.HubConfiguration;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformSettings;
import io.xtribe.fusionhub.signal.WebhookAuthentication;

/**
 * Datadog's two webhooks and the custom variable that keeps their secret out of what its users can read
 * (<a href="https://docs.datadoghq.com/api/latest/webhooks-integration/">Webhooks Integration</a>).
 */
final class DatadogSetup implements WebhookSetup {
    private static final String BASE = "/api/v1/integration/webhooks/configuration/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final VendorApi api;
    private final String endpoint;
    private final String name;
    private final String secret;
    private final boolean renewsSecret;
    private final List<String> hints = new ArrayList<>();

    /**
     * The setup.
     *
     * @param endpoint where Datadog shall post to
     * @param name begins the names of all that is made
     * @param renewsSecret whether a variable that is there gets the value again, which nobody can compare
     */
    DatadogSetup(HubConfiguration.Values config, String endpoint, String name, boolean renewsSecret)
            throws HubConfiguration.Invalid {
        this.endpoint = endpoint;
        this.name = name;
        this.renewsSecret = renewsSecret;
        PlatformSettings datadog = Platform.find("datadog", config.hub(), config.values())
                .orElseThrow()
                .settings();
        String apiKey = HubConfiguration.required("fusion.datadog.api-key", datadog.text("api-key"), "an API key");
        String appKey = HubConfiguration.required(
                "fusion.datadog.app-key", datadog.text("app-key"), "an application key with the scope create_webhooks");
        secret = Secrets.first(
                config.hub(), "datadog", "the same secret as the hub's, for example of: openssl rand -hex 32");
        api = new VendorApi(
                "fusion.datadog.url",
                datadog.url(),
                Map.of("DD-API-KEY", apiKey, "DD-APPLICATION-KEY", appKey, "Accept", "application/json"),
                "check fusion.datadog.api-key and fusion.datadog.app-key, and that fusion.datadog.url is the site where"
                        + " they were made; the application key needs the scope create_webhooks",
                List.of(apiKey, appKey, secret));
    }

    @Override
    public List<Change> missing() throws SetupFailure, InterruptedException {
        List<Change> missing = new ArrayList<>();
        // Before the webhooks that refer to it.
        variable(missing);
        webhook(missing, "monitor");
        webhook(missing, "incident");
        hints.add("Name @webhook-" + name + "-monitor in the message of every monitor that may open an incident, and"
                + " @webhook-" + name
                + "-incident in an incident notification rule (declared; state or severity changed).");
        return missing;
    }

    @Override
    public List<String> hints() {
        return hints;
    }

    private void variable(List<Change> missing) throws SetupFailure, InterruptedException {
        String variable = variable();
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("name", variable)
                .put("value", secret)
                .put("is_secret", true);
        String path = BASE + "custom-variables";
        var found = api.find(path + "/" + variable);
        if (found.isEmpty()) {
            missing.add(change("create the secret custom variable " + variable, "POST", path, wanted));
        } else if (renewsSecret || !found.get().path("is_secret").asBoolean()) {
            missing.add(change(
                    "write the secret custom variable " + variable + " again", "PUT", path + "/" + variable, wanted));
        } else {
            hints.add("Datadog does not show what the variable " + variable
                    + " holds: when the secret has changed, give" + " --renew-secret.");
        }
    }

    private void webhook(List<Change> missing, String kind) throws SetupFailure, InterruptedException {
        String webhook = name + "-" + kind;
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("name", webhook)
                .put("url", endpoint)
                .put("encode_as", "json")
                .put("custom_headers", headers())
                .put("payload", Templates.read("datadog-" + kind + "-1.template"));
        String path = BASE + "webhooks";
        var found = api.find(path + "/" + webhook);
        if (found.isEmpty()) {
            missing.add(change("create the webhook " + webhook + " to " + endpoint, "POST", path, wanted));
            return;
        }
        List<String> different = different(found.get(), wanted);
        if (!different.isEmpty()) {
            missing.add(change(
                    "update the webhook " + webhook + ": " + String.join(", ", different),
                    "PUT",
                    path + "/" + webhook,
                    wanted));
        }
    }

    private Change change(String what, String method, String path, ObjectNode body) {
        return new Change(what, () -> {
            api.send(method, path, body);
            return "";
        });
    }

    private List<String> different(JsonNode found, ObjectNode wanted) {
        Map<String, Boolean> same = new LinkedHashMap<>();
        String url = found.path("url").asText();
        same.put("url (was " + url.replaceFirst("//[^/@]*@", "//***@") + ")", url.equals(endpoint));
        same.put("encode_as", found.path("encode_as").equals(wanted.get("encode_as")));
        same.put("custom_headers", parsed(found.path("custom_headers")).equals(parsed(wanted.get("custom_headers"))));
        same.put("payload", compact(found.path("payload")).equals(compact(wanted.get("payload"))));
        return same.entrySet().stream()
                .filter(member -> !member.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Datadog puts the variable's value in when it sends. */
    private String headers() {
        return JsonNodeFactory.instance
                .objectNode()
                .put(WebhookAuthentication.TOKEN, "$" + variable())
                .toString();
    }

    /** Upper-case letters, digits and underscores are all that a variable's name may hold. */
    private String variable() {
        return name.toUpperCase(Locale.ROOT).replace('-', '_') + "_TOKEN";
    }

    private static JsonNode parsed(JsonNode text) {
        try {
            return JSON.readTree(text.asText());
        } catch (IOException e) {
            return text;
        }
    }

    /** A template is no JSON as long as its variables stand in it. */
    private static String compact(JsonNode text) {
        return text.asText().replaceAll("\\s", "");
    }
}
