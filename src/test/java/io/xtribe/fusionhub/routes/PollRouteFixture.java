package io.xtribe.fusionhub.routes;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.platform.PlatformStep;

import static org.assertj.core.api.Assertions.assertThat;

/** Asks for rounds of polls at the sandbox, and maps what they find. */
abstract class PollRouteFixture extends RouteTest {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String ORGANISATION = "1200000001";

    final Instant begun = Instant.now().minus(1, ChronoUnit.HOURS);

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode moment(Instant at) {
        var text = at.truncatedTo(ChronoUnit.SECONDS).toString();
        return object().put("iso", text)
                .put("millis", at.toEpochMilli())
                .put("date", text.substring(0, 10))
                .put("time", text.substring(11, 19));
    }

    ObjectNode request(String account) {
        var request = object();
        request.set("since", moment(begun));
        request.set("begun", moment(begun));
        request.set("now", moment(Instant.now()));
        request.put("account", account).putNull("next").putNull("memory");
        request.putArray("priorities").add("P1").add("P2");
        request.putArray("standing");
        request.putArray("ended");
        return request;
    }

    static ObjectNode standing(ObjectNode request, String source, String scope, String key, String subject) {
        return standing(request, source, scope, key, subject, "");
    }

    static ObjectNode standing(
            ObjectNode request, String source, String scope, String key, String subject, String seriesName) {
        var one = request.withArray("standing").addObject().put("id", "fx-1").put("title", "it");
        one.putObject("origin")
                .put("source", source)
                .put("scope", scope)
                .put("key", key)
                .put("subject", subject)
                .put("seriesName", seriesName);
        one.putObject("records");
        return one;
    }

    JsonNode page(String route, ObjectNode request) {
        var records = request.putObject("records");
        for (var incidents : List.of("standing", "ended")) {
            request.path(incidents).forEach(incident -> incident.path("records")
                    .forEach(record -> records.set(record.path("id").asText(), record)));
        }
        var exchange = template.request("direct:" + route, asked -> {
            asked.getIn().setBody(request);
            asked.setProperty(PlatformStep.VIEW, request);
        });
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(JsonNode.class);
    }

    /** All pages of a round, as signals. */
    List<JsonNode> round(String platform, String poll, ObjectNode request) {
        var found = new ArrayList<JsonNode>();
        for (int pages = 0; pages < 20; pages++) {
            var page = page(platform + "-poll-" + poll, request);
            page.path("found").forEach(one -> found.add(signal(platform, one)));
            request.set("memory", page.get("memory"));
            request.set("next", page.get("next"));
            if (!page.hasNonNull("next")) {
                return found;
            }
        }
        throw new AssertionError("the round does not end: " + request.path("next"));
    }

    JsonNode signal(String platform, JsonNode found) {
        assertThat(found.path("id").asText()).isNotEmpty();
        return (JsonNode) template.requestBody("direct:" + platform + "-signal", found.path("data"));
    }

    static ObjectNode linked(ObjectNode request, String id, String platform, String url) {
        var record = standing(request, "any", "", "k", "s")
                .withObjectProperty("records")
                .putObject("incident")
                .put("id", id)
                .put("number", "#1")
                .put("url", "https://acme.example/1");
        record.putObject("links").put(platform, url);
        return request;
    }

    /** With a record of an incident that is over. */
    static ObjectNode ended(ObjectNode request, String id) {
        var over = linked(object(), id, "datadog", "https://acme.example/1").path("standing");
        request.withArray("ended").add(over.get(0));
        return request;
    }
}
