package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One planned misbehaviour of a platform, as it was posted to {@code /control/faults}. */
final class Fault {
    enum Kind {
        /** Answer this status instead of doing the work, or after it. */
        STATUS,
        /** Never answer, change nothing. */
        HANG,
        /** Close the connection before any change. */
        RESET,
        /** Commit the change, then close the connection without an answer. */
        DROP,
        /** Never answer, and commit the change some seconds later. */
        LATE
    }

    final Platform platform;
    final String operation;
    final Kind kind;
    final int status;
    final double seconds;
    /** Whether the work is done before the status is answered. */
    final boolean committed;

    final String body;
    final Map<String, String> headers = new LinkedHashMap<>();
    private final String containing;
    private final int times;
    private int used;

    /** @throws IllegalArgumentException with a text for the caller when the description makes no sense */
    Fault(JsonNode json) {
        platform = Platform.of(json.path("platform").asText())
                .orElseThrow(() -> new IllegalArgumentException("platform: datadog, servicenow or pagerduty"));
        operation = json.path("operation").asText("*");
        kind = kind(json.path("kind").asText("status"));
        status = json.path("status").asInt(500);
        seconds = json.path("seconds").asDouble(1);
        committed = json.path("committed").asBoolean(false);
        containing = json.path("containing").asText("");
        JsonNode text = json.path("body");
        body = text.isMissingNode() || text.isNull() ? null : text.isTextual() ? text.asText() : text.toString();
        json.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        times = json.path("times").asInt(1);
    }

    private static Kind kind(String name) {
        try {
            return Kind.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("kind: status, hang, reset, drop or late", e);
        }
    }

    boolean applies(Platform calledPlatform, String calledOperation, String path, String text) {
        return platform == calledPlatform
                && (operation.equals("*") || operation.equals(calledOperation))
                && (path.contains(containing) || text != null && text.contains(containing));
    }

    /** Uses the fault up by one; true while it may be used again. */
    boolean use() {
        used++;
        return times < 0 || used < times;
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("platform", platform.key())
                .put("operation", operation)
                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                .put("status", status)
                .put("seconds", seconds)
                .put("committed", committed)
                .put("containing", containing)
                .put("body", body)
                .put("times", times)
                .put("used", used);
        headers.forEach(json.putObject("headers")::put);
        return json;
    }
}
