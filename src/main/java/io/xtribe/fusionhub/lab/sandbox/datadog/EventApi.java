package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.datadog.MonitorEvents.Event;
import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;
import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.Settings;

import static io.vertx.core.http.HttpMethod.GET;

/**
 * The list of events (docs.datadoghq.com/api/latest/events). The last page with rows still has a cursor, and the one behind it is
 * empty, as recorded.
 */
final class EventApi {
    private static final int DEFAULT_LIMIT = 10;
    private static final int LARGEST_LIMIT = 1_000;
    private static final Duration DEFAULT_RANGE = Duration.ofMinutes(15);
    private static final Pattern DATE_MATH = Pattern.compile("now(?:-(\\d+)([smhd]))?");

    private final MonitorEvents events;
    private final Settings settings;

    EventApi(MonitorEvents events, Settings settings) {
        this.events = events;
        this.settings = settings;
    }

    void operations(Operations operations) {
        operations.reads(GET, "/api/v2/events", "list-events", this::list);
    }

    private Answer list(Exchange call) {
        int limit = call.number("page[limit]", DEFAULT_LIMIT, () -> invalid("page"));
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw DatadogErrors.text(400, "input_validation_error(Field 'page' is invalid: limit)");
        }
        Instant from = time(call, "filter[from]", Instant.now().minus(DEFAULT_RANGE));
        Instant to = time(call, "filter[to]", Instant.now());
        long seen = System.currentTimeMillis() - settings.indexLagMs(Platform.DATADOG);
        var filter = SearchText.parse(call.query("filter[query]"));
        List<Event> found = new ArrayList<>();
        for (Event event : events.all()) {
            boolean inRange = !event.at().isBefore(from) && !event.at().isAfter(to);
            if (inRange && event.writtenAt() <= seen && filter.test(searched(event.resource()))) {
                found.add(event);
            }
        }
        found.sort(Comparator.comparing(Event::at));
        if (!"timestamp".equals(call.query("sort"))) {
            Collections.reverse(found);
        }
        int offset = offset(call.query("page[cursor]"));
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        found.stream().skip(offset).limit(limit).forEach(event -> data.add(event.resource()));
        if (!data.isEmpty()) {
            String after = cursor(offset + data.size());
            answer.putObject("meta").putObject("page").put("after", after);
            answer.putObject("links").put("next", call.urlWith("page[cursor]", after));
        }
        return Answer.of(200, answer);
    }

    private static Answer invalid(String field) {
        return DatadogErrors.plain(400, "input_validation_error(Field '" + field + "' is invalid)");
    }

    /** Milliseconds as text, ISO 8601, or date math. */
    private static Instant time(Exchange call, String name, Instant otherwise) {
        String text = call.query(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        Matcher math = DATE_MATH.matcher(text);
        if (math.matches()) {
            return math.group(1) == null
                    ? Instant.now()
                    : Instant.now()
                            .minus(Duration.parse((math.group(2).equals("d") ? "P" : "PT")
                                    + math.group(1)
                                    + math.group(2).toUpperCase()));
        }
        try {
            return text.matches("\\d+")
                    ? Instant.ofEpochMilli(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw DatadogErrors.text(400, "input_validation_error(Field '" + name + "' is invalid)");
        }
    }

    private static String cursor(int offset) {
        return Base64.getEncoder().encodeToString(String.valueOf(offset).getBytes(StandardCharsets.UTF_8));
    }

    private static int offset(String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return 0;
        }
        try {
            return Integer.parseInt(new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw DatadogErrors.text(
                    400, "{'errors': [u\"input_validation_error(Field 'page' is invalid: invalid cursor)\"]}");
        }
    }

    private static SearchText.Searched searched(ObjectNode resource) {
        JsonNode inner = resource.path("attributes").path("attributes");
        return new SearchText.Searched() {
            @Override
            public List<String> values(String key) {
                return switch (key) {
                    case "source" -> List.of("alert");
                    case "status" -> List.of(inner.path("status").asText());
                    case "@monitor.id" -> List.of(inner.path("monitor_id").asText());
                    case "@monitor.groups" -> Json.texts(inner.path("monitor_groups"));
                    case "@monitor.transition.transition_type" ->
                        List.of(inner.at("/monitor/transition/transition_type").asText());
                    default -> List.of();
                };
            }

            @Override
            public String text() {
                return inner.path("title").asText();
            }
        };
    }
}
