package io.xtribe.fusionhub.testing;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Steers the sandbox through its control API: triggers, changes by people, faults, and what it has been called for. */
public final class SandboxClient {
    private final String baseUrl;

    /** The base URL of the sandbox, without a trailing slash. */
    public SandboxClient(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public String url() {
        return baseUrl;
    }

    /** The base URL of one simulated platform, for the hub's configuration. */
    public String url(String platform) {
        return baseUrl + "/" + platform;
    }

    public SandboxClient reset() {
        call("POST", "/reset", null);
        return this;
    }

    /** Merges the members into the settings. */
    public SandboxClient settings(Map<String, ?> changes) {
        call("PATCH", "/settings", changes);
        return this;
    }

    /** Begins a fault for one operation of one platform, {@code *} for all; {@link Fault#inject()} makes it effective. */
    public Fault fault(String platform, String operation) {
        return new Fault(platform, operation);
    }

    /** The faults that have not been used up. */
    public JsonNode faults() {
        return call("GET", "/faults", null);
    }

    public SandboxClient clearFaults() {
        call("DELETE", "/faults", null);
        return this;
    }

    /** The calls that all platforms have received, oldest first. */
    public JsonNode calls() {
        return calls(null, null);
    }

    /** The calls of one platform, and of one operation; null stands for all. */
    public JsonNode calls(String platform, String operation) {
        return call("GET", "/calls" + query("platform", platform, "operation", operation), null);
    }

    public JsonNode counts() {
        return call("GET", "/counts", null);
    }

    public JsonNode records() {
        return call("GET", "/records", null);
    }

    /** A monitor that triggers. */
    public JsonNode datadogAlert(String priority, String title) {
        return datadogAlert(Map.of("priority", priority, "title", title, "transition", "Triggered"));
    }

    /** Members: priority, title, transition, service, cycle, monitor, scope, test, minutesAgo. */
    public JsonNode datadogAlert(Map<String, ?> alert) {
        return call("POST", "/datadog/alerts", alert);
    }

    /** The alert ends while its monitor is muted, so that no webhook tells it. */
    public void datadogRecoversMuted(JsonNode alert) {
        datadogAlert(Map.of(
                "monitor",
                alert.path("monitor").asLong(),
                "scope",
                alert.path("scope").asText(),
                "transition",
                "Recovered",
                "muted",
                true));
    }

    public JsonNode datadogIncident(String severity, String title) {
        return datadogIncident(severity, title, "");
    }

    /** One whose summary a person has written. */
    public JsonNode datadogIncident(String severity, String title, String summary) {
        return call("POST", "/datadog/incidents", Map.of("severity", severity, "title", title, "summary", summary));
    }

    /** What a person changes in Datadog. */
    public JsonNode changeDatadogIncident(String id, Map<String, ?> changes) {
        return call("POST", "/datadog/incidents/" + encode(id), changes);
    }

    public JsonNode serviceNowIncident(int impact, int urgency, String shortDescription) {
        return call(
                "POST",
                "/servicenow/incidents",
                Map.of(
                        "impact",
                        Integer.toString(impact),
                        "urgency",
                        Integer.toString(urgency),
                        "short_description",
                        shortDescription));
    }

    /** What a client logs, by columns. */
    public JsonNode serviceNowIncident(Map<String, ?> columns) {
        return call("POST", "/servicenow/incidents", columns);
    }

    /** What a person changes in ServiceNow. */
    public JsonNode changeServiceNowIncident(String sysId, Map<String, ?> changes) {
        return call("POST", "/servicenow/incidents/" + encode(sysId), changes);
    }

    /**
     * What happens on a clone of the ServiceNow instance, to its copy of an incident or, without an id, to a new one. Only its webhook
     * is seen.
     */
    public JsonNode cloneServiceNowIncident(String sysId, Map<String, ?> changes) {
        return call("POST", "/servicenow/clones" + (sysId.isEmpty() ? "" : "/" + encode(sysId)), changes);
    }

    public JsonNode pagerDutyIncident(String priority, String title) {
        return call("POST", "/pagerduty/incidents", Map.of("priority", priority, "title", title));
    }

    /** What a person changes in PagerDuty. */
    public JsonNode changePagerDutyIncident(String id, Map<String, ?> changes) {
        return call("POST", "/pagerduty/incidents/" + encode(id), changes);
    }

    /** What a person does on a case in Datadog: comment, status, priority, title. */
    public JsonNode changeDatadogCase(String id, Map<String, ?> changes) {
        return call("POST", "/datadog/cases/" + encode(id), changes);
    }

    /** The webhooks that the sandbox has sent. */
    public JsonNode webhooks() {
        return call("GET", "/webhooks", null);
    }

    /** Sends the platform's webhooks once more; null stands for all platforms. */
    public JsonNode replayWebhooks(String platform) {
        return call("POST", "/webhooks/replay" + query("platform", platform), null);
    }

    private JsonNode call(String method, String path, Object body) {
        HttpResponse<String> response = Http.send(
                method,
                baseUrl + "/control" + path,
                body == null ? new byte[0] : Http.bytes(body),
                Map.of("Content-Type", "application/json"));
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    "Sandbox: " + method + " " + path + " gave " + response.statusCode() + " " + response.body());
        }
        return response.body().isBlank() ? MissingNode.getInstance() : Http.json(response.body());
    }

    private static String query(String... namesAndValues) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                query.add(namesAndValues[i] + "=" + encode(namesAndValues[i + 1]));
            }
        }
        return query.toString();
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** A fault in the making: of kind status unless said otherwise, and for one call unless said otherwise. */
    public final class Fault {
        private final Map<String, Object> fields = new LinkedHashMap<>();
        private final Map<String, String> headers = new LinkedHashMap<>();

        private Fault(String platform, String operation) {
            fields.put("platform", platform);
            fields.put("operation", operation);
        }

        /** Answers with that status instead of doing the work. */
        public Fault status(int status) {
            fields.put("status", status);
            return kind("status");
        }

        public Fault header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        public Fault body(String body) {
            fields.put("body", body);
            return this;
        }

        /** For a status: the work is done first. */
        public Fault committed() {
            fields.put("committed", true);
            return this;
        }

        /** Only for calls whose path or body contains this text, such as a title. */
        public Fault containing(String text) {
            fields.put("containing", text);
            return this;
        }

        /** Never answers and changes nothing. */
        public Fault hang() {
            return kind("hang");
        }

        /** Closes the connection and changes nothing. */
        public Fault reset() {
            return kind("reset");
        }

        /** Does the work, then closes the connection without an answer. */
        public Fault drop() {
            return kind("drop");
        }

        /** Never answers, and does the work that much later. */
        public Fault late(Duration time) {
            fields.put("seconds", time.toMillis() / 1000.0);
            return kind("late");
        }

        public Fault times(int times) {
            fields.put("times", times);
            return this;
        }

        /** Until the faults are cleared. */
        public Fault always() {
            return times(-1);
        }

        public SandboxClient inject() {
            if (!headers.isEmpty()) {
                fields.put("headers", headers);
            }
            call("POST", "/faults", fields);
            return SandboxClient.this;
        }

        private Fault kind(String kind) {
            fields.put("kind", kind);
            return this;
        }
    }
}
