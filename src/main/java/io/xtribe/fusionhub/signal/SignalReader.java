package io.xtribe.fusionhub.signal;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads what a mapping file makes of a webhook body. The mapping says <em>where</em> things stand; types, times and
 * our key are checked here, once for all sources.
 */
public final class SignalReader {

    private static final Pattern PRIORITY = Pattern.compile("P[1-5]");
    private static final Set<String> STATUSES = Set.of("", "open", "acknowledged", "active", "resolved");

    private SignalReader() {}

    /**
     * Makes a signal.
     *
     * @param envelope the event it came in
     * @param mapped the mapping's output; see {@code mappings/README.md} for its members
     * @throws InvalidSignalException when the mapping did not yield a signal
     */
    public static Signal read(CloudEvent envelope, JsonNode mapped) {
        if (mapped == null || !mapped.isObject()) {
            throw new InvalidSignalException("the mapping of '" + envelope.source() + "' did not yield an object");
        }
        var kind = SignalKind.parse(text(mapped, "kind"));
        var status = text(mapped, "status");
        if (!STATUSES.contains(status)) {
            throw new InvalidSignalException("status '" + status + "' is none of open, acknowledged, active, resolved");
        }
        return new Signal(
                envelope.id(),
                envelope.source(),
                kind,
                text(mapped, "reason"),
                birth(mapped.path("birth")),
                record(mapped.path("record")),
                text(mapped, "scope"),
                text(mapped, "key"),
                PlatformKey.findIn(text(mapped, "fusionKey")).orElse(null),
                text(mapped, "title"),
                text(mapped, "description"),
                priority(text(mapped, "priority")),
                status,
                time(text(mapped, "time"), envelope.time()),
                mapped.path("version").asLong(-1),
                envelope.hints());
    }

    private static Signal.Birth birth(JsonNode node) {
        return node.isObject()
                ? new Signal.Birth(
                        text(node, "source"),
                        text(node, "sign"),
                        priority(text(node, "previousPriority")),
                        text(node, "subject"))
                : null;
    }

    private static Signal.PlatformRecord record(JsonNode node) {
        if (!node.isObject() || text(node, "id").isEmpty()) {
            return null;
        }
        return new Signal.PlatformRecord(
                node.path("part").asText("incident"),
                text(node, "id"),
                text(node, "number"),
                text(node, "url"),
                node.path("keyTaken").asBoolean(false));
    }

    /** Organisations name their priorities freely; what is none of P1 to P5 says nothing about opening. */
    private static String priority(String text) {
        return PRIORITY.matcher(text).matches() ? text : "";
    }

    private static Instant time(String text, Instant fallback) {
        return text.isEmpty() ? fallback : PlatformTime.parse(text);
    }

    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }
}
