package io.xtribe.fusionhub.lab.sandbox.datadog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;
import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.Refusal;
import io.xtribe.fusionhub.lab.sandbox.simulator.Simulator;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

import static io.vertx.core.http.HttpMethod.GET;

/**
 * Simulates Datadog: cases, incidents, monitors and its webhooks. The facts are those of platforms/datadog.md, which
 * names Datadog's published specification and recordings for each.
 */
public final class DatadogSimulator implements Simulator {
    private final Workshop workshop;
    private final CaseTypes types;
    private final Cases cases;
    private final Incidents incidents;
    private final Monitors monitors;
    private final WebhookConfigurationApi configuration = new WebhookConfigurationApi();

    public DatadogSimulator(Workshop workshop) {
        this.workshop = workshop;
        DatadogWebhooks webhooks = new DatadogWebhooks(workshop);
        types = new CaseTypes(workshop.settings());
        cases = new Cases(workshop.settings(), types);
        incidents = new Incidents(workshop.settings(), webhooks);
        monitors = new Monitors(workshop, webhooks);
    }

    @Override
    public Platform platform() {
        return Platform.DATADOG;
    }

    @Override
    public void operations(Operations operations) {
        operations.open(GET, "/api/v1/validate", "validate", this::validate);
        new CaseApi(cases, types, incidents).operations(operations);
        new IncidentApi(incidents, workshop.settings()).operations(operations);
        new AttachmentApi(incidents).operations(operations);
        new MonitorApi(monitors).operations(operations);
        new EventApi(monitors.events(), workshop.settings()).operations(operations);
        configuration.operations(operations);
    }

    @Override
    public void pages(Router router) {
        new DatadogPages(workshop, cases, incidents).mount(router);
    }

    /** The validation endpoint looks at the API key only. */
    private Answer validate(Exchange call) {
        requireApiKey(call, 403);
        return Answer.of(200, "{\"valid\":true}");
    }

    /** A missing key is 401 in version 2, but for events; a wrong one, and anything in version 1, is 403. */
    @Override
    public void authenticate(Exchange call) {
        int missing = call.target().contains("/api/v1/") || call.target().contains("/api/v2/events") ? 403 : 401;
        requireApiKey(call, missing);
        String application = call.header("DD-APPLICATION-KEY");
        if (application == null) {
            throw new Refusal(DatadogErrors.of(call.target(), missing, null));
        }
        if (!application.equals(workshop.settings().credential("datadog.appKey"))) {
            throw new Refusal(DatadogErrors.of(call.target(), 403, null));
        }
    }

    private void requireApiKey(Exchange call, int missing) {
        String key = call.header("DD-API-KEY");
        if (key == null) {
            throw new Refusal(DatadogErrors.of(call.target(), missing, null));
        }
        if (!key.equals(workshop.settings().credential("datadog.apiKey"))) {
            throw new Refusal(DatadogErrors.of(call.target(), 403, null));
        }
    }

    @Override
    public Answer error(String path, int status, String detail) {
        return DatadogErrors.of(path, status, detail);
    }

    @Override
    public JsonNode act(String target, String id, JsonNode what) {
        return switch (target) {
            case "alerts" -> monitors.alert(what);
            case "incidents" -> id == null ? declare(what) : change(incidents.find(id), what);
            case "cases" -> changeCase(cases.find(id), what);
            default -> throw new IllegalArgumentException("datadog has alerts, incidents and cases, not " + target);
        };
    }

    private JsonNode declare(JsonNode what) {
        ObjectNode data = Json.object().put("type", "incidents");
        ObjectNode attributes = data.putObject("attributes")
                .put("title", what.path("title").asText("Checkout is down"))
                .put("customer_impacted", false)
                .put("is_test", what.path("test").asBoolean(false));
        ObjectNode fields = attributes.putObject("fields");
        dropdown(fields, "severity", what.path("severity").asText("SEV-1"));
        dropdown(fields, "state", what.path("state").asText("active"));
        fields.putObject("summary")
                .put("type", "textbox")
                .put("value", what.path("summary").asText(""));
        return shortly(incidents.create(data, DatadogUser.PERSON));
    }

    private JsonNode change(Incidents.Incident changed, JsonNode what) {
        if (what.has("detach")) {
            String text = what.path("detach").asText();
            changed.attachments().values().removeIf(attachment -> attachment
                    .at("/attributes/attachment/documentUrl")
                    .asText()
                    .contains(text));
            return shortly(changed);
        }
        ObjectNode data = Json.object().put("type", "incidents").put("id", changed.id());
        ObjectNode attributes = data.putObject("attributes");
        ObjectNode fields = attributes.putObject("fields");
        for (String name : new String[] {"state", "severity"}) {
            if (what.has(name)) {
                dropdown(fields, name, what.path(name).asText());
            }
        }
        if (what.has("title")) {
            attributes.set("title", what.get("title"));
        }
        incidents.update(changed, data, DatadogUser.PERSON);
        return shortly(changed);
    }

    /** A person comments on a case, removes comments, or changes its status, priority or title. No webhook tells of it. */
    private JsonNode changeCase(Cases.Case changed, JsonNode what) {
        if (what.has("status")) {
            String status = Cases.checkedStatus(what.path("status").asText());
            cases.change(changed, () -> cases.setStatus(changed, status));
        }
        if (what.has("priority")) {
            String priority = Cases.checkedPriority(what.path("priority").asText());
            cases.change(changed, () -> changed.attributes().put("priority", priority));
        }
        if (what.has("title")) {
            cases.change(changed, () -> changed.attributes().set("title", what.get("title")));
        }
        if (what.hasNonNull("uncomment")) {
            cases.uncomment(changed, what.path("uncomment").asText());
        }
        if (what.hasNonNull("comment")) {
            cases.comment(changed, what.path("comment").asText(), DatadogUser.PERSON);
        }
        return shortly(changed);
    }

    private static void dropdown(ObjectNode fields, String name, String value) {
        fields.putObject(name).put("type", "dropdown").put("value", value);
    }

    @Override
    public ArrayNode records() {
        ArrayNode all = Json.array();
        cases.all().forEach(shown -> all.add(shortly(shown)));
        incidents.all().forEach(shown -> all.add(shortly(shown)));
        return all;
    }

    private ObjectNode shortly(Cases.Case shown) {
        ObjectNode entry = Json.object()
                .put("kind", "case")
                .put("id", shown.id())
                .put("number", shown.text("key"))
                .put("url", workshop.url(Platform.DATADOG, "/cases/" + shown.text("key")))
                .put("key", CaseSearch.fusionId(shown.resource()))
                .put("status", shown.text("status_name"))
                .put("priority", shown.text("priority"))
                .put("title", shown.text("title"))
                .put("description", shown.text("description"));
        ArrayNode linked = entry.putArray("incidents");
        shown.attributes().path("insights").forEach(insight -> linked.add(insight.path("resource_id")));
        ArrayNode comments = entry.putArray("comments");
        shown.timeline()
                .forEach(cell -> comments.add(
                        cell.path("attributes").path("cell_content").path("message")));
        return entry;
    }

    private ObjectNode shortly(Incidents.Incident shown) {
        ObjectNode entry = Json.object()
                .put("kind", "incident")
                .put("id", shown.id())
                .put("number", shown.text("public_id"))
                .put("url", workshop.url(Platform.DATADOG, "/incidents/" + shown.text("public_id")))
                .put("key", shown.fusionId())
                .put("status", shown.text("state"))
                .put("priority", shown.text("severity"))
                .put("title", shown.text("title"))
                .put("summary", shown.field("summary").asText(""));
        ArrayNode attachments = entry.putArray("attachments");
        shown.attachments().values().forEach(attachment -> attachments
                .addObject()
                .put("title", attachment.at("/attributes/attachment/title").asText())
                .put("url", attachment.at("/attributes/attachment/documentUrl").asText()));
        ArrayNode comments = entry.putArray("comments");
        shown.timeline().forEach(cell -> comments.add(cell.at("/attributes/content/message")));
        return entry;
    }

    @Override
    public void reset() {
        types.reset();
        cases.reset();
        incidents.reset();
        monitors.reset();
        configuration.reset();
    }
}
