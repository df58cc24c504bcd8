package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Settings;

/**
 * The incident table with what the instance does on every write: priority from impact and urgency, data policy on
 * resolve and hold, no way back from Closed and Canceled, the journal, and the Business Rule.
 */
final class IncidentTable {
    private static final Set<String> FINAL_STATES = Set.of("7", "8");

    private final Settings settings;
    private final IncidentColumns columns;
    private final Directory directory;
    private final Journal journal;
    private final IncidentIndex index;
    private final BusinessRule rule;
    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    private int count;

    IncidentTable(Settings settings, IncidentColumns columns, Directory directory, Journal journal, BusinessRule rule) {
        this.settings = settings;
        this.directory = directory;
        this.columns = columns;
        this.journal = journal;
        this.rule = rule;
        this.index = new IncidentIndex(settings);
    }

    Collection<Map<String, String>> all() {
        return rows.values();
    }

    IncidentIndex index() {
        return index;
    }

    Map<String, String> find(String sysId) {
        Map<String, String> row = rows.get(sysId);
        if (row == null) {
            throw ServiceNowErrors.notFound();
        }
        return row;
    }

    Map<String, String> findByNumber(String number) {
        return rows.values().stream()
                .filter(row -> row.get("number").equals(number))
                .findFirst()
                .orElseThrow(ServiceNowErrors::notFound);
    }

    Map<String, String> insert(JsonNode wanted, String user, String userId, Instant at) {
        Map<String, String> row = new LinkedHashMap<>();
        columns.all().forEach(column -> row.put(column, ""));
        row.put("sys_id", Identifiers.hex());
        row.put("sys_class_name", "incident");
        row.put("state", "1");
        row.put("impact", "3");
        row.put("urgency", "3");
        row.put("severity", "3");
        row.put("category", "inquiry");
        row.put("reopen_count", "0");
        row.put("sys_mod_count", "0");
        row.put("opened_by", userId);
        row.put("sys_created_by", user);
        row.put("sys_updated_by", user);
        for (String column : List.of("opened_at", "sys_created_on", "sys_updated_on")) {
            row.put(column, ServiceNowTime.of(at));
        }
        Map<String, String> before = new LinkedHashMap<>(row);
        before.put("state", "");
        write(row, wanted);
        enforce(before, row, wanted, userId);
        // A number is drawn only for what is really inserted.
        row.put("number", String.format("INC%07d", 10_000 + ++count));
        rows.put(row.get("sys_id"), row);
        index.wrote(row);
        takeJournal(row, wanted, user);
        rule.inserted(row, user, wanted);
        return row;
    }

    /** Changes a row; unknown and read-only columns in the request are ignored without a word. */
    Map<String, String> update(Map<String, String> row, JsonNode wanted, String user, String userId) {
        Map<String, String> before = new LinkedHashMap<>(row);
        Map<String, String> after = new LinkedHashMap<>(row);
        write(after, wanted);
        putBack(before, after, userId);
        enforce(before, after, wanted, userId);
        Set<String> changed = new LinkedHashSet<>();
        after.forEach((column, value) -> {
            if (!Objects.equals(value, before.get(column))) {
                changed.add(column);
            }
        });
        for (String element : IncidentColumns.JOURNALS) {
            if (!wanted.path(element).asText("").isEmpty()) {
                changed.add(element);
            }
        }
        if (changed.isEmpty()) {
            return row;
        }
        index.changing(row);
        row.putAll(after);
        row.put("sys_mod_count", String.valueOf(Integer.parseInt(row.get("sys_mod_count")) + 1));
        row.put("sys_updated_on", ServiceNowTime.now());
        row.put("sys_updated_by", user);
        index.wrote(row);
        takeJournal(row, wanted, user);
        rule.updated(before, row, changed, user, wanted);
        return row;
    }

    void delete(Map<String, String> row) {
        rows.remove(row.get("sys_id"));
        index.removed(row);
    }

    private void write(Map<String, String> row, JsonNode wanted) {
        wanted.properties().forEach(field -> {
            if (columns.writable(field.getKey())) {
                JsonNode value = field.getValue();
                String text = value.isObject() ? value.path("value").asText() : value.isNull() ? "" : value.asText();
                row.put(field.getKey(), text);
            }
        });
        // An unknown close code is discarded, which the data policy then reports as missing.
        if (!row.get("close_code").isEmpty() && !Directory.knowsCloseCode(row.get("close_code"))) {
            row.put("close_code", "");
        }
        if (settings.feature("servicenow.dropsUnknownReferences")
                && !directory.knowsGroup(row.get("assignment_group"))) {
            row.put("assignment_group", "");
        }
        if (!Labels.STATES.containsKey(row.get("state"))) {
            row.put("state", "1");
        }
        row.put("priority", priority(row.get("impact"), row.get("urgency")));
    }

    /** By the instance's own matrix where it has that pair, else by the one that is shipped. */
    private String priority(String impact, String urgency) {
        int sum = level(impact) + level(urgency);
        return settings.table("/servicenow/matrix")
                .getOrDefault(impact + urgency, String.valueOf(Math.max(1, sum - 1)));
    }

    /** A business rule of the instance gives columns that the hub wrote their old values again. */
    private void putBack(Map<String, String> before, Map<String, String> after, String userId) {
        if (userId.equals(Directory.HUB_USER)) {
            settings.list("/servicenow/putsBack").stream()
                    .filter(before::containsKey)
                    .forEach(column -> after.put(column, before.get(column)));
            after.put("priority", priority(after.get("impact"), after.get("urgency")));
        }
    }

    private static int level(String value) {
        return value.matches("[123]") ? value.charAt(0) - '0' : 3;
    }

    private void enforce(Map<String, String> before, Map<String, String> after, JsonNode wanted, String userId) {
        String from = before.get("state");
        String to = after.get("state");
        boolean moved = !from.equals(to);
        if (moved && FINAL_STATES.contains(from)) {
            throw ServiceNowErrors.acl();
        }
        boolean hub = userId.equals(Directory.HUB_USER);
        if (moved && to.equals("7") && hub && settings.feature("servicenow.closeNeedsAdmin")) {
            throw ServiceNowErrors.acl();
        }
        if (to.equals("6") || to.equals("7")) {
            requireResolution(after);
        }
        if (to.equals("3")) {
            requireHoldReason(after, moved, wanted);
        }
        if (moved) {
            stamp(from, to, after, userId);
        }
        after.put("incident_state", to);
        after.put("active", String.valueOf(!FINAL_STATES.contains(to)));
    }

    private static void requireResolution(Map<String, String> after) {
        boolean code = after.get("close_code").isEmpty();
        boolean notes = after.get("close_notes").isEmpty();
        if (code || notes) {
            throw ServiceNowErrors.dataPolicy(
                    code && notes ? "Resolution code, Close notes" : code ? "Resolution code" : "Close notes");
        }
    }

    private static void requireHoldReason(Map<String, String> after, boolean moved, JsonNode wanted) {
        if (!Labels.HOLD_REASONS.containsKey(after.get("hold_reason"))) {
            throw ServiceNowErrors.dataPolicy("On hold reason");
        }
        boolean awaitingCaller = after.get("hold_reason").equals("1");
        if (moved && awaitingCaller && wanted.path("comments").asText("").isEmpty()) {
            throw ServiceNowErrors.dataPolicy("Additional comments");
        }
    }

    private static void stamp(String from, String to, Map<String, String> after, String userId) {
        String now = ServiceNowTime.now();
        switch (to) {
            case "6" -> {
                after.put("resolved_at", now);
                after.put("resolved_by", userId);
            }
            case "7", "8" -> {
                after.put("closed_at", now);
                after.put("closed_by", userId);
            }
            default -> {
                if (from.equals("6")) {
                    after.put("reopen_count", String.valueOf(Integer.parseInt(after.get("reopen_count")) + 1));
                    after.put("reopened_time", now);
                    after.put("reopened_by", userId);
                }
                if (!to.equals("3")) {
                    after.put("hold_reason", "");
                }
            }
        }
    }

    private void takeJournal(Map<String, String> row, JsonNode wanted, String user) {
        for (String element : IncidentColumns.JOURNALS) {
            String text = wanted.path(element).asText("");
            if (!text.isEmpty()) {
                journal.add(row.get("sys_id"), element, text, user);
            }
        }
    }

    void clear() {
        rows.clear();
        index.clear();
        count = 0;
    }
}
