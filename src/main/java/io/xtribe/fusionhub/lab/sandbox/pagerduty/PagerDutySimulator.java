package io.xtribe.fusionhub.lab.sandbox.pagerduty;

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

/**
 * Simulates a PagerDuty account: incidents, notes, custom fields, who was notified, and V3 webhooks. The facts are
 * those of platforms/pagerduty.md, which names the vendor's specification and documentation for each.
 */
public final class PagerDutySimulator implements Simulator {
    private final Workshop workshop;
    private final Account account;
    private final IncidentView view;
    private final Subscriptions subscriptions = new Subscriptions();
    private final PagerDutyWebhooks webhooks;
    private final IncidentBook book;
    private final IncidentRules rules;
    private final CustomFields fields;
    private final EventsApi events;

    public PagerDutySimulator(Workshop workshop) {
        this.workshop = workshop;
        account = new Account(workshop);
        view = new IncidentView(account);
        webhooks = new PagerDutyWebhooks(workshop, subscriptions);
        book = new IncidentBook(workshop, account, view, new LogEntries(account, view), webhooks);
        rules = new IncidentRules(workshop, account);
        fields = new CustomFields(workshop, account, book);
        events = new EventsApi(workshop);
    }

    @Override
    public Platform platform() {
        return Platform.PAGERDUTY;
    }

    @Override
    public String requestIdHeader() {
        return "X-Request-Id";
    }

    @Override
    public void operations(Operations operations) {
        fields.operations(operations);
        new IncidentApi(workshop, account, book, view, fields).operations(operations);
        new AccountApi(workshop, account).operations(operations);
        subscriptions.operations(operations, webhooks::ping);
        events.operations(operations);
    }

    @Override
    public void pages(Router router) {
        new PagerDutyPages(account, book, fields).mount(router);
    }

    @Override
    public void authenticate(Exchange call) {
        String expected = "Token token=" + workshop.settings().credential("pagerduty.token");
        if (!expected.equals(call.header("Authorization"))) {
            throw new Refusal(PagerDutyErrors.of(401, null));
        }
    }

    @Override
    public Answer error(String path, int status, String detail) {
        return PagerDutyErrors.of(status, detail);
    }

    /** The human user opens an incident, or changes one: status, priority, title, note, the incident that it is mergedInto. */
    @Override
    public JsonNode act(String target, String id, JsonNode what) {
        if (!target.equals("incidents")) {
            throw new IllegalArgumentException("pagerduty has incidents, not " + target);
        }
        Account.User human = account.users().get(Account.HUMAN);
        if (id == null) {
            return shortly(book.create(asRequest(what), human));
        }
        PagedIncident changed = book.find(id);
        ObjectNode wanted = what.deepCopy();
        wanted.put("type", "incident_reference");
        if (what.hasNonNull("mergedInto")) {
            book.merge(changed, book.find(what.path("mergedInto").asText()), human);
            return shortly(changed);
        }
        rules.checkChange(changed, wanted);
        book.change(changed, wanted, human);
        if (what.hasNonNull("clear")) {
            changed.fields.remove(what.path("clear").asText());
        }
        what.path("fields").properties().forEach(field -> changed.fields.put(field.getKey(), field.getValue()));
        if (what.hasNonNull("snooze")) {
            book.snooze(changed, what.path("snooze").asLong(), human);
        }
        if (what.hasNonNull("note")) {
            book.note(changed, what.path("note").asText(), human);
        }
        return shortly(changed);
    }

    private ObjectNode asRequest(JsonNode what) {
        ObjectNode wanted = Json.object()
                .put("type", "incident")
                .put("title", what.path("title").asText("Checkout is down"))
                .put("urgency", what.path("urgency").asText("high"));
        wanted.putObject("service").put("id", what.path("service").asText(Account.DEFAULT_SERVICE));
        if (what.hasNonNull("priority")) {
            wanted.set("priority", what.get("priority"));
        }
        if (what.hasNonNull("incident_key")) {
            wanted.set("incident_key", what.get("incident_key"));
        }
        return wanted;
    }

    @Override
    public ArrayNode records() {
        ArrayNode all = Json.array();
        book.all().forEach(incident -> all.add(shortly(incident)));
        events.addTo(all);
        return all;
    }

    private ObjectNode shortly(PagedIncident incident) {
        ObjectNode entry = Json.object()
                .put("kind", "incident")
                .put("id", incident.id)
                .put("number", String.valueOf(incident.number))
                .put("url", account.link("incidents", incident.id))
                .put("key", incident.key)
                .put("status", incident.status)
                .put("priority", account.priorities().get(incident.priority))
                .put("urgency", incident.urgency)
                .put("service", incident.service)
                .put("escalation_policy", incident.policy)
                .put("title", incident.title);
        if (incident.body != null) {
            entry.set("description", incident.body.path("details"));
        }
        ObjectNode values = entry.putObject("custom_fields");
        incident.fields.forEach(values::set);
        ArrayNode notes = entry.putArray("notes");
        incident.notes.forEach(note -> notes.add(note.path("content")));
        ArrayNode notified = entry.putArray("notified");
        incident.log.stream()
                .filter(logged -> logged.path("type").asText().equals("notify_log_entry"))
                .forEach(logged -> notified.add(logged.path("user").path("summary")));
        return entry;
    }

    @Override
    public void reset() {
        book.clear();
        fields.reset();
        subscriptions.clear();
        events.clear();
    }
}
