package io.xtribe.fusionhub.signal;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The envelope of a signal on NATS: a CloudEvent 1.0 in structured JSON, with the platform's webhook body,
 * unchanged, as data. See <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">the
 * specification</a>.
 *
 * @param id stable per delivery: the deduplication key
 * @param source the platform's name, without the leading slash of the attribute
 * @param type for example {@code datadog.alert}
 * @param time when it was received at the edge
 * @param priority {@code P1} to {@code P5} where the body tells one, else empty; for who looks at the envelope only,
 *     the hub decides by what the mapping makes of the data
 * @param hints optional enrichment
 * @param data the platform's own body
 */
public record CloudEvent(
        String id, String source, String type, Instant time, String priority, RoutingHints hints, JsonNode data) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An event that says nothing about its priority. */
    public CloudEvent(String id, String source, String type, Instant time, RoutingHints hints, JsonNode data) {
        this(id, source, type, time, "", hints, data);
    }

    /**
     * Reads an envelope.
     *
     * @throws InvalidSignalException when it is not JSON or a required attribute is missing or malformed
     */
    public static CloudEvent parse(byte[] json) {
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (IOException e) {
            throw new InvalidSignalException("the envelope is not JSON: " + firstLine(e.getMessage()), e);
        }
        if (node == null || !node.isObject()) {
            throw new InvalidSignalException("the envelope is not a JSON object");
        }
        if (!"1.0".equals(node.path("specversion").asText())) {
            throw new InvalidSignalException(
                    "specversion is '" + node.path("specversion").asText() + "', expected '1.0'");
        }
        var data = node.path("data");
        if (!data.isObject()) {
            throw new InvalidSignalException("data is not a JSON object");
        }
        var hints = new RoutingHints(
                text(node, "service"),
                text(node, "team"),
                text(node, "runbook"),
                text(node, "pagerdutyservice"),
                text(node, "escalationpolicy"),
                text(node, "assignmentgroup"));
        var source = required(node, "source");
        return new CloudEvent(
                required(node, "id"),
                source.startsWith("/") ? source.substring(1) : source,
                required(node, "type"),
                time(required(node, "time")),
                text(node, "priority"),
                hints,
                data);
    }

    /** The envelope as it goes to NATS. */
    public byte[] toBytes() {
        ObjectNode node = JSON.createObjectNode();
        node.put("specversion", "1.0");
        node.put("id", id);
        node.put("source", "/" + source);
        node.put("type", type);
        node.put("time", time.toString());
        node.put("datacontenttype", "application/json");
        if (!priority.isEmpty()) {
            node.put("priority", priority);
        }
        node.setAll((ObjectNode) JSON.valueToTree(hints));
        node.set("data", data);
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }

    /**
     * The envelope as it goes to NATS, with the data exactly as the platform wrote it: not a blank, a digit or an escape of
     * it is changed.
     *
     * @param body the bytes that {@link #data} was read from: one JSON object in UTF-8, with blanks around it at most
     */
    public byte[] toBytes(byte[] body) {
        var attributes = new CloudEvent(id, source, type, time, priority, hints, NullNode.getInstance()).toBytes();
        // Data comes last: what stands for it is replaced.
        var head = attributes.length - "null}".length();
        var envelope = Arrays.copyOf(attributes, head + body.length + 1);
        System.arraycopy(body, 0, envelope, head, body.length);
        envelope[envelope.length - 1] = '}';
        return envelope;
    }

    private static String required(JsonNode node, String name) {
        var value = text(node, name);
        if (value.isEmpty()) {
            throw new InvalidSignalException("attribute '" + name + "' is missing");
        }
        return value;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText("");
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidSignalException("attribute 'time' is '" + text + "', expected RFC 3339", e);
        }
    }

    private static String firstLine(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
