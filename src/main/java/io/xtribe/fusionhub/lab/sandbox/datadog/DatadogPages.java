package io.xtribe.fusionhub.lab.sandbox.datadog;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.xtribe.fusionhub.lab.sandbox.simulator.Page;
import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.Refusal;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

/** What a person sees behind a Datadog link: a case by its key, an incident by its public id. */
final class DatadogPages {
    private final Workshop workshop;
    private final Cases cases;
    private final Incidents incidents;

    DatadogPages(Workshop workshop, Cases cases, Incidents incidents) {
        this.workshop = workshop;
        this.cases = cases;
        this.incidents = incidents;
    }

    void mount(Router router) {
        router.get("/cases/:key").handler(this::casePage);
        router.get("/incidents/:public_id").handler(this::incidentPage);
    }

    private void casePage(RoutingContext context) {
        Cases.Case shown;
        try {
            shown = cases.find(context.pathParam("key"));
        } catch (Refusal refusal) {
            Page.missing(context, "Case " + context.pathParam("key"));
            return;
        }
        Page page = new Page("Datadog case " + shown.text("key"), shown.text("title"));
        page.section("State").open();
        page.row("Status", shown.text("status_name"));
        page.row("Priority", shown.text("priority"));
        page.row("Description", shown.text("description"));
        page.row("Created", shown.text("created_at"));
        shown.attributes()
                .path("custom_attributes")
                .properties()
                .forEach(custom -> page.row(
                        custom.getKey(), custom.getValue().path("value").asText()));
        shown.attributes().path("insights").forEach(insight -> {
            Incidents.Incident linked =
                    incidents.find(insight.path("resource_id").asText());
            page.row("Incident", workshop.url(Platform.DATADOG, "/incidents/" + linked.text("public_id")));
        });
        page.close().section("Timeline");
        if (shown.timeline().isEmpty()) {
            page.none("No comments");
        } else {
            page.open();
            shown.timeline()
                    .forEach(cell -> page.row(
                            cell.at("/attributes/created_at").asText() + "\n"
                                    + cell.at("/attributes/author/content/name").asText(),
                            cell.at("/attributes/cell_content/message").asText()));
            page.close();
        }
        page.answer(context, 200);
    }

    private void incidentPage(RoutingContext context) {
        Incidents.Incident shown = incidents.byPublicId(context.pathParam("public_id"));
        if (shown == null) {
            Page.missing(context, "Incident " + context.pathParam("public_id"));
            return;
        }
        Page page = new Page("Datadog incident #" + shown.text("public_id"), shown.text("title"));
        page.section("State").open();
        page.row("State", shown.text("state"));
        page.row("Severity", shown.text("severity"));
        page.row("Summary", shown.field("summary").asText(""));
        page.row("Declared", shown.text("declared"));
        page.row("Fusion id", shown.fusionId());
        page.close().section("Attachments");
        if (shown.attachments().isEmpty()) {
            page.none("No attachments");
        } else {
            page.open();
            shown.attachments()
                    .values()
                    .forEach(attachment -> page.row(
                            attachment.at("/attributes/attachment/title").asText(),
                            attachment.at("/attributes/attachment/documentUrl").asText()));
            page.close();
        }
        page.section("Timeline");
        if (shown.timeline().isEmpty()) {
            page.none("No entries");
        } else {
            page.open();
            shown.timeline()
                    .forEach(cell -> page.row(
                            cell.at("/attributes/created").asText(),
                            cell.at("/attributes/content/message").asText()));
            page.close();
        }
        page.answer(context, 200);
    }
}
