package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

/** The monitors. One exists once it has been triggered through the control API; each alert sends its webhook. */
final class Monitors {
    private static final Set<String> TRANSITIONS =
            Set.of("Triggered", "Re-Triggered", "No Data", "Re-No Data", "Warn", "Re-Warn", "Renotify", "Recovered");
    private static final List<String> SEVEREST_FIRST = List.of("Alert", "No Data", "Warn", "OK");
    /** Ids of this series carry their minting time: (id >> 24) + this, in epoch milliseconds. */
    private static final long SERIES_EPOCH_MS = 1_264_262_866_000L;

    private static final int SERIES_SHIFT = 24;

    private final Workshop workshop;
    private final DatadogWebhooks webhooks;
    private final MonitorEvents events = new MonitorEvents();
    private final Map<Long, ObjectNode> byId = new LinkedHashMap<>();
    /** The running cycle of a monitor's group. */
    private final Map<String, String> cycles = new LinkedHashMap<>();

    /** Those whose last change a mute has kept from everybody, by monitor and name. */
    private final Set<String> mutedGroups = new HashSet<>();

    private final Map<Long, MonitorKind> kinds = new LinkedHashMap<>();
    private long count;
    private long minted;

    Monitors(Workshop workshop, DatadogWebhooks webhooks) {
        this.workshop = workshop;
        this.webhooks = webhooks;
    }

    void reset() {
        byId.clear();
        cycles.clear();
        kinds.clear();
        mutedGroups.clear();
        events.clear();
        count = 0;
    }

    /** Null when no monitor of that id was ever triggered. */
    ObjectNode find(long id) {
        return byId.get(id);
    }

    MonitorEvents events() {
        return events;
    }

    Map<Long, ObjectNode> all() {
        return byId;
    }

    boolean isMuted(long id, String group) {
        return mutedGroups.contains(id + "/" + group);
    }

    /** One notification of each group that is named, or of one; returns their ids. */
    JsonNode alert(JsonNode what) {
        long id = what.path("monitor").asLong(0);
        id = id == 0 ? 90_000 + ++count : id;
        if (!what.has("groups")) {
            return alert(id, scope(what), what);
        }
        ObjectNode all = Json.object().put("monitor", id);
        ArrayNode groups = all.putArray("groups");
        for (JsonNode group : what.path("groups")) {
            groups.add(alert(id, group.asText(), what));
        }
        return all;
    }

    private static String scope(JsonNode what) {
        return what.path("scope").asText("service:" + what.path("service").asText("checkout"));
    }

    private ObjectNode alert(long id, String scope, JsonNode what) {
        String transition = what.path("transition").asText("Triggered");
        if (!TRANSITIONS.contains(transition)) {
            throw new IllegalArgumentException("transition: one of " + TRANSITIONS);
        }
        Instant at = Instant.now()
                .truncatedTo(ChronoUnit.MILLIS)
                .minusSeconds(60L * what.path("minutesAgo").asLong(0));
        String eventId = mint(at);
        String pair = id + "/" + scope;
        MonitorAlert alert = new MonitorAlert(
                id,
                kind(id, what),
                what.path("title").asText(known(id, "name", "checkout latency above 2 s")),
                what.path("priority").asText(known(id, "priority", "")),
                scope,
                transition,
                what.path("cycle").asText(cycles.getOrDefault(pair, eventId)),
                eventId,
                at,
                what.path("test").asBoolean(false),
                what);
        boolean muted = what.path("muted").asBoolean(false);
        if (!alert.test()) {
            remember(alert, muted);
            cycles.put(pair, alert.cycle());
            if (transition.equals("Recovered")) {
                cycles.remove(pair);
            }
        }
        // A mute keeps what happens from everybody, but not from the state of the monitor; an event may be missing by
        // itself.
        if (!muted) {
            if (!alert.test() && what.path("event").asBoolean(true)) {
                events.add(alert);
            }
            webhooks.send("alert " + transition, alert.body(workshop));
        }
        return Json.object()
                .put("monitor", id)
                .put("cycle", alert.cycle())
                .put("event", eventId)
                .put("scope", scope);
    }

    /** What the monitor has already, where it was triggered before. */
    private String known(long id, String member, String otherwise) {
        JsonNode value = byId.getOrDefault(id, Json.object()).path(member);
        return value.isNumber() ? "P" + value.asInt() : value.asText(otherwise);
    }

    /** A monitor keeps its kind. */
    private MonitorKind kind(long id, JsonNode what) {
        MonitorKind asked = MonitorKind.of(what.path("kind").asText(MonitorKind.METRIC.label()));
        return what.has("kind") ? asked : kinds.getOrDefault(id, asked);
    }

    private String mint(Instant at) {
        minted = (minted + 1) & ((1L << SERIES_SHIFT) - 1);
        return String.valueOf(((at.toEpochMilli() - SERIES_EPOCH_MS) << SERIES_SHIFT) | minted);
    }

    private void remember(MonitorAlert alert, boolean muted) {
        String state = alert.state();
        String now = alert.at().toString();
        kinds.put(alert.monitor(), alert.kind());
        ObjectNode monitor = byId.computeIfAbsent(alert.monitor(), any -> made(alert, now));
        monitor.put("overall_state", state).put("overall_state_modified", now).put("modified", now);
        if (alert.priority().matches("P[1-5]")) {
            monitor.put("priority", alert.priority().charAt(1) - '0');
        } else if (!monitor.has("priority")) {
            monitor.putNull("priority");
        }
        if (!alert.message().isEmpty()) {
            monitor.put("message", alert.message());
        }
        if (workshop.settings().feature("datadog.monitorsTellOrg")) {
            monitor.put("org_id", Long.parseLong(workshop.settings().account("datadog.orgId")));
        }
        long seconds = alert.at().getEpochSecond();
        String name = alert.scope().isEmpty() ? "*" : alert.scope();
        ObjectNode group =
                monitor.withObjectProperty("state").withObjectProperty("groups").withObjectProperty(name);
        group.put("name", name).put("status", state).put("last_notified_ts", seconds);
        group.put(
                switch (state) {
                    case "OK" -> "last_resolved_ts";
                    case "No Data" -> "last_nodata_ts";
                    default -> "last_triggered_ts";
                },
                seconds);
        mutedGroups.remove(alert.monitor() + "/" + name);
        if (muted) {
            mutedGroups.add(alert.monitor() + "/" + name);
        }
        monitor.put("overall_state", worst(monitor));
    }

    /** The state of a monitor is that of its worst group. */
    private static String worst(ObjectNode monitor) {
        List<String> states = monitor.path("state").path("groups").findValuesAsText("status");
        return SEVEREST_FIRST.stream().filter(states::contains).findFirst().orElse("OK");
    }

    private static ObjectNode made(MonitorAlert alert, String now) {
        ObjectNode made = Json.object()
                .put("id", alert.monitor())
                .put("name", alert.title())
                .put("type", alert.kind().type())
                .put("query", alert.kind().query(alert.scope()))
                .put("message", "@webhook-fusion-monitor")
                .put("multi", !alert.scope().isEmpty())
                .put("created", now)
                .putNull("deleted");
        made.set(
                "creator",
                Json.literal("{\"name\":\"Jane Doe\",\"handle\":\"jane.doe@sandbox.example\","
                        + "\"email\":\"jane.doe@sandbox.example\"}"));
        made.putObject("options");
        made.putArray("tags").add("service:" + alert.service());
        made.putObject("state").putObject("groups");
        return made;
    }
}
