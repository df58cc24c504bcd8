package io.xtribe.fusionhub.signal;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.catalogue.RoutingHints;

/**
 * The envelope of a signal on NATS: a CloudEvent 1.0 in structured JSON, with the platform's webhook body,
 * unchanged, as data. See <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">the
 * specification</a>.
 *
 * @param id stable per delivery: the deduplication key
 * @param source the platform's name, without the leading slash of the attribute
 * @param type for example {@code datadog.alert}
 * @param time when it was received at the edge
 * @param priority {@code P1} to {@code P5} where the body has one, else empty. It is for readers that look at the
 *     envelope only; the hub decides by the result of the mapping
 * @param hints optional enrichment
 * @param data the platform's own body
 */
public record CloudEvent(
        String id, String source, String type, Instant time, String priority, RoutingHints hints, JsonNode data) {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Names in the envelope that no routing hint of a platform may have. */
    private static final Set<String> TAKEN = Set.of(
            "specversion",
            "id",
            "source",
            "type",
            "subject",
            "time",
            "datacontenttype",
            "dataschema",
            "data",
            "priority",
            "service",
            "team",
            "runbook");
    /** The source, a colon and up to 200 characters of the platform's own id. */
    private static final int ID_LIMIT = 300;

    /** An event that says nothing about its priority. */
    public CloudEvent(String id, String source, String type, Instant time, RoutingHints hints, JsonNode data) {
        this(id, source, type, time, "", hints, data);
    }

    /** Whether a routing hint of a platform may have this name: the form of CloudEvents, and no other meaning. */
    public static boolean isFree(String name) {
        return name.matches("[a-z0-9]{1,20}") && !TAKEN.contains(name);
    }

    /**
     * Reads an envelope.
     *
     * @param hintNames the names of the platforms' routing hints
     * @throws InvalidSignalException when it is not JSON or a required attribute is missing, malformed or too long
     */
    public static CloudEvent parse(byte[] json, Set<String> hintNames) {
        var node = members(json);
        var specversion = node.path("specversion").asText();
        if (!"1.0".equals(specversion)) {
            throw new InvalidSignalException("specversion is " + SafeText.quoted(specversion) + ", expected '1.0'");
        }
        var data = node.path("data");
        if (!data.isObject()) {
            throw new InvalidSignalException("data is not a JSON object");
        }
        // An id that was cut is unknown to its platform, which falls back to the default and says so.
        var platformIds = new HashMap<String, String>();
        for (var name : hintNames) {
            var id = text(node, name, IdCheck.ID);
            if (!id.isEmpty()) {
                platformIds.put(name, id);
            }
        }
        var hints = new RoutingHints(
                text(node, "service", IdCheck.ID),
                text(node, "team", IdCheck.ID),
                text(node, "runbook", IdCheck.URL),
                platformIds);
        var ids = new IdCheck(node);
        var source = required(node, "source");
        return new CloudEvent(
                ids.check("id", required(node, "id"), ID_LIMIT),
                source.startsWith("/") ? source.substring(1) : source,
                ids.check("type", required(node, "type"), IdCheck.ID),
                time(required(node, "time")),
                text(node, "priority", IdCheck.ID),
                hints,
                data);
    }

    /** The attributes by name. None may be there twice: readers could differ in which of the two they use. */
    private static ObjectNode members(byte[] json) {
        try (var parser = JSON.createParser(json)) {
            try {
                return members(parser);
            } catch (IOException e) {
                throw JsonProblem.of("the envelope", e, parser.currentLocation());
            }
        } catch (IOException e) {
            throw JsonProblem.of("the envelope", e, null);
        }
    }

    private static ObjectNode members(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidSignalException(DeadLetterClass.UNREADABLE, "the envelope is not a JSON object");
        }
        var node = JSON.createObjectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            if (node.has(name)) {
                throw new InvalidSignalException("attribute " + SafeText.quoted(name) + " is in the envelope twice");
            }
            node.set(name, parser.readValueAsTree());
        }
        if (parser.nextToken() != null) {
            throw new InvalidSignalException(DeadLetterClass.UNREADABLE, "the envelope is followed by something else");
        }
        return node;
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
        hints.members().forEach(node::put);
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
        // Data comes last: the placeholder for it is replaced.
        var head = attributes.length - "null}".length();
        var envelope = Arrays.copyOf(attributes, head + body.length + 1);
        System.arraycopy(body, 0, envelope, head, body.length);
        envelope[envelope.length - 1] = '}';
        return envelope;
    }

    private static String required(JsonNode node, String name) {
        var value = node.path(name).asText("");
        if (value.isEmpty()) {
            throw new InvalidSignalException("attribute '" + name + "' is missing");
        }
        return value;
    }

    private static String text(JsonNode node, String name, int limit) {
        return SafeText.cut(node.path(name).asText(""), limit);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidSignalException("attribute 'time' is " + SafeText.quoted(text) + ", expected RFC 3339", e);
        }
    }
}
