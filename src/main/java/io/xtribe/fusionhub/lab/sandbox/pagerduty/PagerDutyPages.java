package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.xtribe.fusionhub.lab.sandbox.simulator.Page;
import io.xtribe.fusionhub.lab.sandbox.simulator.Refusal;

/** What a person sees behind a PagerDuty link. The API has the same path, so only a browser's Accept gets the page. */
final class PagerDutyPages {
    private final Account account;
    private final IncidentBook book;
    private final CustomFields fields;

    PagerDutyPages(Account account, IncidentBook book, CustomFields fields) {
        this.account = account;
        this.book = book;
        this.fields = fields;
    }

    void mount(Router router) {
        router.get("/incidents/:id").handler(context -> {
            String accept = String.valueOf(context.request().getHeader("Accept"));
            if (prefersHtml(accept)) {
                page(context);
            } else {
                context.next();
            }
        });
    }

    private static boolean prefersHtml(String accept) {
        int html = accept.indexOf("text/html");
        int json = accept.indexOf("json");
        return html >= 0 && (json < 0 || html < json);
    }

    private void page(RoutingContext context) {
        PagedIncident shown;
        try {
            shown = book.find(context.pathParam("id"));
        } catch (Refusal refusal) {
            Page.missing(context, "Incident " + context.pathParam("id"));
            return;
        }
        Page page = new Page("PagerDuty incident #" + shown.number, shown.title);
        page.section("State").open();
        page.row("Status", shown.status);
        page.row("Priority", account.priorities().getOrDefault(String.valueOf(shown.priority), "none"));
        page.row("Urgency", shown.urgency);
        page.row("Service", account.services().get(shown.service).name());
        page.row("Escalation policy", account.policies().get(shown.policy).name());
        page.row("Incident key", shown.key);
        page.row("Created", shown.createdAt.toString());
        if (shown.body != null) {
            page.row("Details", shown.body.path("details").asText());
        }
        fields.values(shown)
                .forEach(field -> page.row(
                        field.path("display_name").asText(),
                        field.path("value").asText("").replace("null", "")));
        page.close().section("Notes");
        if (shown.notes.isEmpty()) {
            page.none("No notes");
        } else {
            page.open();
            shown.notes.forEach(note -> page.row(
                    note.path("created_at").asText() + "\n"
                            + note.path("user").path("summary").asText(),
                    note.path("content").asText()));
            page.close();
        }
        page.section("Log: who was notified, and what happened").open();
        shown.log.forEach(entry -> page.row(
                entry.path("created_at").asText(),
                entry.path("type").asText(),
                entry.path("summary").asText()));
        page.close().answer(context, 200);
    }
}
