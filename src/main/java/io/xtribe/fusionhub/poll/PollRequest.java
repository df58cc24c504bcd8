package io.xtribe.fusionhub.poll;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Part;

/** What the route of a poll is told; docs/mappings.md is its reference. */
final class PollRequest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private PollRequest() {}

    static ObjectNode of(
            PollState state, Duration overlap, Instant now, String account, ArrayNode standing, ArrayNode ended) {
        var request = JSON.objectNode();
        request.set("since", moment(state.watermark().minus(overlap)));
        request.set("begun", moment(state.begun()));
        request.set("now", moment(now));
        request.put("account", account);
        request.set("next", state.next());
        request.set("memory", state.memory());
        request.set("standing", standing);
        request.set("ended", ended);
        request.set("records", byId(standing, ended));
        request.set("singly", null);
        return request;
    }

    /** The records by their ids, so that a mapping need not search for each one that it meets. */
    private static ObjectNode byId(ArrayNode... incidents) {
        var records = JSON.objectNode();
        for (var some : incidents) {
            some.forEach(incident -> incident.path("records")
                    .forEach(record -> records.set(record.path("id").asText(), record)));
        }
        return records;
    }

    /** One time in the forms that vendors ask for: mappings cannot convert it. */
    private static ObjectNode moment(Instant at) {
        return JSON.objectNode()
                .put("iso", at.truncatedTo(ChronoUnit.MILLIS).toString())
                .put("millis", at.toEpochMilli())
                .put("date", DATE.format(at))
                .put("time", TIME.format(at));
    }

    /** An incident, as far as it concerns a platform. */
    static ObjectNode shown(Incident incident, String platform) {
        var shown = JSON.objectNode().put("id", incident.id()).put("title", incident.title());
        var origin = incident.origin();
        if (origin.platform().equals(platform)) {
            shown.putObject("origin")
                    .put("source", origin.source())
                    .put("scope", origin.scope())
                    .put("key", origin.key())
                    .put("subject", origin.subject())
                    .put("seriesName", origin.seriesName());
        }
        var records = shown.putObject("records");
        incident.platforms().getOrDefault(platform, Map.of()).forEach((name, part) -> {
            if (part.isOpened()) {
                records.set(name, record(part));
            }
        });
        return shown;
    }

    private static ObjectNode record(Part part) {
        var record = JSON.objectNode()
                .put("id", part.reference().id())
                .put("number", part.reference().number())
                .put("url", part.reference().url())
                .put("ours", part.reference().ours());
        part.links().forEach(record.putObject("links")::put);
        return record;
    }
}
