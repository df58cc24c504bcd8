package io.xtribe.fusionhub.fallback;

import java.time.Duration;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A notice as the JSON that is sent. */
final class NoticeBodies {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** More than it shows of an alert's links. */
    private static final int LINKS = 20;

    private NoticeBodies() {}

    /** For a webhook: {@code text} is what chats show, the rest is for programs. docs/fallback.md describes it. */
    static ObjectNode webhook(Notice notice, Duration deadline) {
        var body = JSON.createObjectNode();
        body.put("type", "fusion.unpaged");
        body.put("text", NoticeText.body(notice, deadline));
        body.put("reason", notice.reason());
        body.put("count", notice.incidents().size());
        body.set("incidents", incidents(notice));
        return body;
    }

    /**
     * An event of the Events API, version 2: https://developer.pagerduty.com/docs/send-alert-event. Of several incidents it is one alert,
     * which the oldest names.
     */
    static ObjectNode event(Notice notice, Duration deadline, String key) {
        var first = notice.incidents().get(0);
        var body = JSON.createObjectNode();
        body.put("routing_key", key);
        body.put("event_action", "trigger");
        body.put("dedup_key", first.id());
        body.put("client", "Fusion Hub");
        if (!first.url().isEmpty()) {
            body.put("client_url", first.url());
        }
        var payload = body.putObject("payload");
        payload.put("summary", NoticeText.summary(notice));
        payload.put("source", "Fusion Hub");
        payload.put("severity", "critical");
        var details = payload.putObject("custom_details");
        details.put("text", NoticeText.body(notice, deadline));
        details.put("reason", notice.reason());
        details.set("incidents", incidents(notice));
        var links = body.putArray("links");
        notice.incidents().stream()
                .flatMap(incident -> incident.records().stream())
                .filter(record -> !record.url().isEmpty())
                .limit(LINKS)
                .forEach(record -> links.addObject()
                        .put("href", record.url())
                        .put("text", record.platform() + " " + record.number()));
        return body;
    }

    private static ArrayNode incidents(Notice notice) {
        var all = JSON.createArrayNode();
        NoticeText.listed(notice).forEach(incident -> {
            var one = all.addObject();
            one.put("correlationId", incident.id());
            one.put("priority", incident.priority());
            one.put("title", incident.title());
            one.put("origin", incident.origin());
            one.put("receivedAt", incident.receivedAt().toString());
            one.put("url", incident.url());
            var references = one.putArray("references");
            incident.records().forEach(record -> references
                    .addObject()
                    .put("platform", record.platform())
                    .put("number", record.number())
                    .put("url", record.url()));
        });
        return all;
    }
}
