package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.util.List;
import java.util.Map;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.xtribe.fusionhub.lab.sandbox.simulator.Page;
import io.xtribe.fusionhub.lab.sandbox.simulator.Refusal;

/** What a person sees behind a ServiceNow link: {@code incident.do} by sys_id, or by number as the vendor also takes. */
final class ServiceNowPages {
    private static final List<String> SHOWN = List.of(
            "number",
            "state",
            "priority",
            "impact",
            "urgency",
            "short_description",
            "description",
            "caller_id",
            "assignment_group",
            "correlation_id",
            "correlation_display",
            "close_code",
            "close_notes",
            "opened_at",
            "resolved_at");

    private final IncidentTable incidents;
    private final IncidentColumns columns;
    private final Journal journal;
    private final Directory directory;

    ServiceNowPages(IncidentTable incidents, IncidentColumns columns, Journal journal, Directory directory) {
        this.incidents = incidents;
        this.columns = columns;
        this.journal = journal;
        this.directory = directory;
    }

    void mount(Router router) {
        router.get("/incident.do").handler(this::page);
    }

    private void page(RoutingContext context) {
        String id = context.request().getParam("sys_id");
        String query = context.request().getParam("sysparm_query");
        Map<String, String> row;
        try {
            row = id == null && query != null && query.startsWith("number=")
                    ? incidents.findByNumber(query.substring("number=".length()))
                    : incidents.find(String.valueOf(id));
        } catch (Refusal refusal) {
            Page.missing(context, "Incident " + id);
            return;
        }
        Page page = new Page("ServiceNow incident " + row.get("number"), row.get("short_description"));
        page.section("Record").open();
        for (String column : SHOWN) {
            String value = row.get(column);
            boolean reference = IncidentColumns.REFERENCES.containsKey(column);
            page.row(column, reference ? directory.nameOf(value) : Labels.of(column, value));
        }
        columns.links().forEach(column -> page.row(column, row.getOrDefault(column, "")));
        page.close().section("Journal");
        if (journal.of(row.get("sys_id")).isEmpty()) {
            page.none("No work notes and no comments");
        } else {
            page.open();
            journal.of(row.get("sys_id"))
                    .forEach(entry -> page.row(
                            entry.get("sys_created_on") + "\n" + entry.get("sys_created_by"),
                            entry.get("element"),
                            entry.get("value")));
            page.close();
        }
        page.answer(context, 200);
    }
}
