package io.xtribe.fusionhub.lab.bench;

import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.local.Table;

/** The figures of a run, for people and for programs. */
final class Report {

    private final Table table = new Table("WHAT", "MEASURED", "BUDGET");
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    Report(String machine) {
        json.put("machine", machine);
        table.row(machine, "", "");
    }

    void put(String key, String value) {
        json.put(key, value);
    }

    /** A line of the table, and the same under its part and key in the JSON. */
    void line(String part, String key, String what, JsonNode value, String text, String budget) {
        table.row(what, text, budget);
        json.withObjectProperty(part).set(key, value);
    }

    /** A line with one number. */
    void line(String part, String key, String what, double value, String unit, String budget) {
        var text = value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.2f", value);
        line(part, key, what, JsonNodeFactory.instance.numberNode(value), (text + " " + unit).strip(), budget);
    }

    /** A line with a spread of milliseconds. */
    void line(String part, String key, String what, Percentiles times, String budget) {
        line(part, key, what + ", ms p50 / p95 / p99 / max", times.json(), times.text(), budget);
    }

    String text() {
        return table.text("");
    }

    ObjectNode json() {
        return json;
    }
}
