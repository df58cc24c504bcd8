package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;

/** The entries of sys_journal_field: what was written as work note or comment, never changed again. */
final class Journal {
    static final List<String> COLUMNS =
            List.of("sys_id", "name", "element", "element_id", "value", "sys_created_on", "sys_created_by");

    private final List<Map<String, String>> entries = new ArrayList<>();
    private final Map<String, List<Map<String, String>>> byRecord = new HashMap<>();

    void add(String recordId, String element, String text, String user) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("sys_id", Identifiers.hex());
        entry.put("name", "incident");
        entry.put("element", element);
        entry.put("element_id", recordId);
        entry.put("value", text);
        entry.put("sys_created_on", ServiceNowTime.now());
        entry.put("sys_created_by", user);
        entries.add(entry);
        byRecord.computeIfAbsent(recordId, any -> new ArrayList<>()).add(entry);
    }

    List<Map<String, String>> all() {
        return entries;
    }

    List<Map<String, String>> of(String recordId) {
        return byRecord.getOrDefault(recordId, List.of());
    }

    /** The whole history as one text, newest first, as display values show it. */
    String history(String recordId, String element) {
        StringBuilder history = new StringBuilder();
        List<Map<String, String>> written = of(recordId);
        for (int index = written.size() - 1; index >= 0; index--) {
            Map<String, String> entry = written.get(index);
            if (element == null || entry.get("element").equals(element)) {
                history.append(entry.get("sys_created_on"))
                        .append(" - ")
                        .append(entry.get("sys_created_by"))
                        .append(entry.get("element").equals("comments") ? " (Additional comments)" : " (Work notes)")
                        .append('\n')
                        .append(entry.get("value"))
                        .append("\n\n");
            }
        }
        return history.toString();
    }

    void clear() {
        entries.clear();
        byRecord.clear();
    }
}
