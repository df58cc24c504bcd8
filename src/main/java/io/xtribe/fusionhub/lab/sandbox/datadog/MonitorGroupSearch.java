package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;

/** The search for groups of monitors, one row for each, in pages that count from 0. */
final class MonitorGroupSearch {
    private static final int DEFAULT_PER_PAGE = 30;
    private static final Set<String> STATES = Set.of("alert", "warn", "no data", "ok", "ignored", "skipped", "unknown");
    private static final Pattern STATUS = Pattern.compile("(?:group_)?status:(?:\\(([^)]*)\\)|\"([^\"]*)\"|(\\S+))");
    private static final Pattern VALUE = Pattern.compile("\"([^\"]*)\"|([^\\s\"]+)");

    private MonitorGroupSearch() {}

    static Answer answer(Exchange call, Monitors monitors) {
        int page = call.number("page", 0, () -> DatadogErrors.plain(400, "invalid page"));
        int perPage = Math.max(
                1, call.number("per_page", DEFAULT_PER_PAGE, () -> DatadogErrors.plain(400, "invalid per_page")));
        String query = call.query("query");
        checkStates(query == null ? "" : query);
        var filter = SearchText.parse(query);
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode monitor : monitors.all().values()) {
            for (JsonNode group : monitor.path("state").path("groups")) {
                ObjectNode row = row(monitor, group, monitors);
                if (filter.test(searched(row))) {
                    found.add(row);
                }
            }
        }
        ObjectNode answer = Json.object();
        ArrayNode groups = answer.putArray("groups");
        found.stream().skip((long) page * perPage).limit(perPage).forEach(groups::add);
        Map<String, Integer> counts = new TreeMap<>();
        found.forEach(row -> counts.merge(row.path("status").asText(), 1, Integer::sum));
        ArrayNode status = answer.putObject("counts").putArray("status");
        counts.forEach((name, count) -> status.addObject().put("name", name).put("count", count));
        answer.putObject("metadata")
                .put("page", page)
                .put("per_page", perPage)
                .put("page_count", (found.size() + perPage - 1) / perPage)
                .put("total_count", found.size());
        return Answer.of(200, answer);
    }

    private static void checkStates(String query) {
        Matcher asked = STATUS.matcher(query);
        while (asked.find()) {
            String words = asked.group(1) != null
                    ? asked.group(1)
                    : "\"" + (asked.group(2) != null ? asked.group(2) : asked.group(3)) + "\"";
            Matcher value = VALUE.matcher(words);
            while (value.find()) {
                String word = value.group(1) != null ? value.group(1) : value.group(2);
                if (!word.equals("OR") && !STATES.contains(word.toLowerCase())) {
                    throw DatadogErrors.text(400, "Query parsing error: '" + word + "' is not a valid monitor status");
                }
            }
        }
    }

    private static ObjectNode row(ObjectNode monitor, JsonNode group, Monitors monitors) {
        ObjectNode row = Json.object()
                .put("monitor_id", monitor.path("id").asLong())
                .put("monitor_name", monitor.path("name").asText())
                .put("group", group.path("name").asText())
                .put("status", group.path("status").asText())
                .put("last_triggered_ts", group.path("last_triggered_ts").asLong())
                .put("last_nodata_ts", group.path("last_nodata_ts").asLong())
                .put(
                        "muted",
                        monitors.isMuted(
                                monitor.path("id").asLong(), group.path("name").asText()));
        row.set("priority", monitor.path("priority"));
        row.putArray("group_tags").add(group.path("name").asText());
        row.set("all_tags", monitor.path("tags"));
        return row;
    }

    private static SearchText.Searched searched(ObjectNode row) {
        return new SearchText.Searched() {
            @Override
            public List<String> values(String key) {
                return switch (key) {
                    case "group_status", "status" -> List.of(row.path("status").asText());
                    case "priority" ->
                        row.path("priority").isNumber()
                                ? List.of("p" + row.path("priority").asInt())
                                : List.of();
                    case "muted" -> List.of(row.path("muted").asText());
                    default -> List.of();
                };
            }

            @Override
            public String text() {
                return row.path("monitor_name").asText();
            }
        };
    }
}
