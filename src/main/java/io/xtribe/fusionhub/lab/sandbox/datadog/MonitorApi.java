package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;

import static io.vertx.core.http.HttpMethod.GET;

/** Reads of monitors (docs.datadoghq.com/api/latest/monitors). The groups come only with {@code group_states}. */
final class MonitorApi {
    private static final Set<String> STATES = Set.of("all", "alert", "warn", "no data");

    private final Monitors monitors;

    MonitorApi(Monitors monitors) {
        this.monitors = monitors;
    }

    void operations(Operations operations) {
        operations.reads(GET, "/api/v1/monitor", "list-monitors", call -> {
            Set<String> states = states(call);
            ArrayNode list = Json.array();
            monitors.all().values().forEach(monitor -> list.add(shown(monitor, states)));
            return Answer.of(200, list);
        });
        operations.reads(
                GET,
                "/api/v1/monitor/groups/search",
                "search-monitor-groups",
                call -> MonitorGroupSearch.answer(call, monitors));
        operations.reads(GET, "/api/v1/monitor/:monitor_id", "get-monitor", this::get);
    }

    private Answer get(Exchange call) {
        String id = call.path("monitor_id");
        ObjectNode monitor = id.matches("\\d{1,18}") ? monitors.find(Long.parseLong(id)) : null;
        if (monitor == null) {
            throw DatadogErrors.text(404, "Monitor not found");
        }
        ObjectNode answer = shown(monitor, states(call));
        if ("true".equals(call.query("with_downtimes"))) {
            ArrayNode downtimes = answer.putArray("matching_downtimes");
            monitor.path("state").path("groups").fieldNames().forEachRemaining(group -> {
                if (monitors.isMuted(monitor.path("id").asLong(), group)) {
                    ArrayNode scope = downtimes
                            .addObject()
                            .put("id", downtimes.size())
                            .put(
                                    "start",
                                    monitor.path("state")
                                            .path("groups")
                                            .path(group)
                                            .path("last_notified_ts")
                                            .asLong())
                            .putNull("end")
                            .putArray("scope");
                    for (String tag : group.split(",")) {
                        scope.add(tag);
                    }
                }
            });
        }
        return Answer.of(200, answer);
    }

    /** The wanted states of groups, null when none were asked for. */
    private static Set<String> states(Exchange call) {
        String asked = call.query("group_states");
        if (asked == null) {
            return null;
        }
        Set<String> states = Arrays.stream(asked.toLowerCase(Locale.ROOT).split(","))
                .map(String::trim)
                .collect(Collectors.toSet());
        if (!STATES.containsAll(states)) {
            throw DatadogErrors.text(400, "Invalid group_state filters.");
        }
        return states;
    }

    private static ObjectNode shown(ObjectNode monitor, Set<String> states) {
        ObjectNode shown = monitor.deepCopy();
        JsonNode groups = shown.remove("state").path("groups");
        if (states != null) {
            ObjectNode wanted = shown.putObject("state").putObject("groups");
            groups.properties().forEach(group -> {
                String status = group.getValue().path("status").asText().toLowerCase(Locale.ROOT);
                if (states.contains("all") || states.contains(status)) {
                    wanted.set(group.getKey(), group.getValue());
                }
            });
        }
        return shown;
    }
}
