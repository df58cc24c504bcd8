package io.xtribe.fusionhub.job;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.xtribe.fusionhub.incident.IncidentJson;

/** A report as text: a table for people, JSON and CSV for programs. */
final class ReportText {

    private static final String LINE = "%-8s %-12s %9s %6s %7s %18s %18s %20s%n";

    private ReportText() {}

    static String table(List<ReportRow> rows) {
        var table = new StringBuilder(LINE.formatted(
                "priority",
                "origin",
                "incidents",
                "open",
                "unpaged",
                "to page p50/p95",
                "to links p50/p95",
                "to end p50/p95"));
        rows.forEach(row -> table.append(LINE.formatted(row.cells().toArray())));
        return table.toString();
    }

    static String json(List<ReportRow> rows, List<IncidentTimes> incidents) {
        var json = IncidentJson.mapper();
        var node = json.createObjectNode();
        node.set("rows", json.valueToTree(rows));
        node.set("incidents", json.valueToTree(incidents));
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }

    /** One line for each incident, as RFC 4180 has it. */
    static String csv(List<IncidentTimes> incidents) {
        var head = "id,title,priority,origin,status,receivedAt,pagedAt,linkedAt,resolvedAt";
        return Stream.concat(Stream.of(head), incidents.stream().map(one -> Stream.of(
                                one.id(),
                                one.title(),
                                one.priority(),
                                one.origin(),
                                one.status(),
                                one.receivedAt(),
                                one.pagedAt(),
                                one.linkedAt(),
                                one.resolvedAt())
                        .map(value -> quoted(Objects.toString(value, "")))
                        .collect(Collectors.joining(","))))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    /** A spreadsheet takes a text that begins like a formula for one: such a text gets an apostrophe before it. */
    private static String quoted(String value) {
        var safe = value.matches("(?s)[=+@\\-\\t\\r].*") ? "'" + value : value;
        return safe.matches("(?s).*[\",\\r\\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
