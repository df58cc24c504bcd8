package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

/** Shows rows as the Table API does: strings, references as objects, display values when asked for. */
final class TableView {
    private final Workshop workshop;
    private final Directory directory;
    private final Journal journal;

    TableView(Workshop workshop, Directory directory, Journal journal) {
        this.workshop = workshop;
        this.directory = directory;
        this.journal = journal;
    }

    /** Which columns and which kind of values a call asked for. */
    record Wanted(List<String> fields, String display, boolean bareReferences) {
        static Wanted of(Exchange call) {
            List<String> fields = new ArrayList<>();
            for (String field : call.query("sysparm_fields", "").split(",")) {
                if (!field.isBlank()) {
                    fields.add(field.trim());
                }
            }
            return new Wanted(
                    fields,
                    call.query("sysparm_display_value", "false"),
                    "true".equals(call.query("sysparm_exclude_reference_link")));
        }
    }

    ObjectNode show(Map<String, String> row, Wanted wanted, Map<String, String> references) {
        ObjectNode shown = Json.object();
        Set<String> all = row.keySet();
        for (String field : wanted.fields.isEmpty() ? all : wanted.fields) {
            int dot = field.indexOf('.');
            if (row.containsKey(field)) {
                column(shown, row, field, wanted, references);
            } else if (dot > 0) {
                walk(shown, row, field, dot, references);
            }
        }
        return shown;
    }

    /** Dot-walking over one reference to a person or group. */
    private void walk(
            ObjectNode shown, Map<String, String> row, String field, int dot, Map<String, String> references) {
        String reference = field.substring(0, dot);
        if (!references.containsKey(reference)) {
            return;
        }
        List<Map<String, String>> targets = new ArrayList<>(directory.users());
        targets.addAll(directory.groups());
        shown.put(
                field,
                targets.stream()
                        .filter(target -> target.get("sys_id").equals(row.get(reference)))
                        .map(target -> target.getOrDefault(field.substring(dot + 1), ""))
                        .findFirst()
                        .orElse(""));
    }

    private void column(
            ObjectNode shown, Map<String, String> row, String field, Wanted wanted, Map<String, String> references) {
        String value = row.get(field);
        boolean reference = references.containsKey(field) && !value.isEmpty();
        String display = wanted.display.equals("false") ? null : display(row, field, value, reference);
        if (wanted.display.equals("all")) {
            ObjectNode both =
                    shown.putObject(field).put("display_value", display).put("value", value);
            if (reference && !wanted.bareReferences) {
                both.put("link", link(references.get(field), value));
            }
        } else if (reference && !wanted.bareReferences) {
            ObjectNode object = shown.putObject(field).put("link", link(references.get(field), value));
            object.put(display == null ? "value" : "display_value", display == null ? value : display);
        } else {
            shown.put(field, display == null ? value : display);
        }
    }

    private String display(Map<String, String> row, String field, String value, boolean reference) {
        if (reference) {
            return directory.nameOf(value);
        }
        if (isNotes(field) && !workshop.settings().feature("servicenow.notesOfRecord")) {
            return "";
        }
        if (IncidentColumns.JOURNALS.contains(field)) {
            return journal.history(row.get("sys_id"), field);
        }
        if (field.equals("comments_and_work_notes")) {
            return journal.history(row.get("sys_id"), null);
        }
        return Labels.of(field, value);
    }

    private static boolean isNotes(String field) {
        return IncidentColumns.JOURNALS.contains(field) || field.equals("comments_and_work_notes");
    }

    private String link(String table, String id) {
        return workshop.url(Platform.SERVICENOW, "/api/now/table/" + table + "/" + id);
    }
}
