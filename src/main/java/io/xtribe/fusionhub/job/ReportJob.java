package io.xtribe.fusionhub.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.StoredMessages;
import io.xtribe.fusionhub.upkeep.IncidentIndex;

/**
 * The job {@code report}: how the incidents of a time range went, by priority and origin. It reads what the hub keeps, no platform: the
 * records of thirty days, and when each was over from the events of as long.
 */
@Singleton
@Named("reportJob")
public class ReportJob {

    /** Exchange property with the incidents, the oldest first. */
    private static final String INCIDENTS = "incidents";

    private final IncidentIndex index;
    private final StoredMessages messages;

    public ReportJob(IncidentIndex index, StoredMessages messages) {
        this.index = index;
        this.messages = messages;
    }

    /** Collects the incidents. */
    public void collect(@Body JobRun run, Exchange exchange) {
        var ends = ends(run);
        var all = index.rows().stream()
                .filter(row ->
                        run.request().covers(row.receivedAt()) && run.request().covers(row.origin()))
                .map(row -> new IncidentTimes(
                        row.id(),
                        row.title(),
                        row.priority().toString(),
                        row.origin(),
                        row.status().toString(),
                        row.receivedAt(),
                        row.pagedAt(),
                        row.linkedAt(),
                        row.status() == Status.RESOLVED ? ends.get(row.id()) : null))
                .sorted(Comparator.comparing(IncidentTimes::receivedAt))
                .toList();
        var limit = run.request().limit();
        var kept = limit == 0 || all.size() <= limit ? all : all.subList(all.size() - limit, all.size());
        run.count(INCIDENTS, kept.size());
        exchange.setProperty(INCIDENTS, kept);
    }

    /** Writes the report in the form that is asked for. */
    public void write(
            @ExchangeProperty(JobRun.PROPERTY) JobRun run, @ExchangeProperty(INCIDENTS) List<IncidentTimes> incidents)
            throws IOException {
        var rows = rows(incidents);
        var json = IncidentJson.mapper().createObjectNode();
        json.set("rows", IncidentJson.mapper().valueToTree(rows));
        run.result(json);
        var text = text(run, rows, incidents);
        var file = run.request().option("output").orElse("");
        if (file.isEmpty()) {
            System.out.print(text);
        } else {
            Files.writeString(Path.of(file), text);
        }
    }

    private static String text(JobRun run, List<ReportRow> rows, List<IncidentTimes> incidents) {
        var format = run.request().option("format").orElse("table");
        return switch (format) {
            case "json" -> ReportText.json(rows, incidents);
            case "csv" -> ReportText.csv(incidents);
            case "html" -> ReportPage.of(run.request(), run.startedAt(), rows, incidents);
            default -> ReportText.table(rows);
        };
    }

    /** By priority, then by origin, then all of them. */
    private static List<ReportRow> rows(List<IncidentTimes> incidents) {
        var groups = new TreeMap<String, List<IncidentTimes>>();
        incidents.forEach(one -> groups.computeIfAbsent(one.priority() + " " + one.origin(), any -> new ArrayList<>())
                .add(one));
        var rows = new ArrayList<ReportRow>();
        groups.values()
                .forEach(group -> rows.add(
                        ReportRow.of(group.get(0).priority(), group.get(0).origin(), group)));
        rows.add(ReportRow.of("all", "", incidents));
        return rows;
    }

    /** When each was over last, by its events. */
    private Map<String, Instant> ends(JobRun run) {
        var ends = new HashMap<String, Instant>();
        var subject = Names.event("resolved");
        run.progress().begin("ends read", 0);
        for (var next = messages.next(Names.EVENTS, subject, 0);
                next.isPresent();
                next = messages.next(Names.EVENTS, subject, next.get().sequence())) {
            var event = IncidentJson.read(next.get().data(), JsonNode.class);
            ends.merge(
                    event.path("subject").asText(),
                    next.get().storedAt(),
                    (one, other) -> one.isAfter(other) ? one : other);
            run.progress().done(1);
        }
        return ends;
    }
}
