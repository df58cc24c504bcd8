package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

/** Incidents, notes and log entries (developer.pagerduty.com/api-reference, Incidents) over {@link IncidentBook}. */
final class IncidentApi {
    private static final int MOST_NOTES = 2_000;
    private static final int MOST_AT_ONCE = 250;

    private final Account account;
    private final IncidentBook book;
    private final IncidentView view;
    private final IncidentRules rules;
    private final CustomFields fields;

    IncidentApi(Workshop workshop, Account account, IncidentBook book, IncidentView view, CustomFields fields) {
        this.account = account;
        this.book = book;
        this.view = view;
        this.rules = new IncidentRules(workshop, account);
        this.fields = fields;
    }

    void operations(Operations operations) {
        IncidentList list = new IncidentList(book, view);
        operations.reads(GET, "/incidents", "list-incidents", list::answer);
        operations.writes(POST, "/incidents", "create-incident", this::create);
        operations.writes(PUT, "/incidents", "update-incidents", this::updateMany);
        operations.reads(GET, "/incidents/:id", "get-incident", this::get);
        operations.writes(PUT, "/incidents/:id", "update-incident", this::update);
        operations.writes(PUT, "/incidents/:id/merge", "merge-incidents", this::merge);
        operations.reads(GET, "/incidents/:id/notes", "list-notes", call -> {
            ObjectNode answer = Json.object();
            about(call).notes.forEach(answer.putArray("notes")::add);
            return Answer.of(200, answer);
        });
        operations.writes(POST, "/incidents/:id/notes", "create-note", this::note);
        operations.reads(GET, "/incidents/:id/log_entries", "list-log-entries", this::log);
        operations.reads(GET, "/incidents/:id/alerts", "list-alerts", call -> {
            about(call);
            ObjectNode answer = Json.object();
            answer.putArray("alerts");
            return Answer.of(200, Pages.add(answer, 25, 0, 0, call));
        });
    }

    private PagedIncident about(Exchange call) {
        PagedIncident found = book.find(call.path("id"));
        call.about(found.id, found.key, found.title);
        return found;
    }

    /** The user of the From header, which every change of an incident must name (REST-API, From header). */
    private Account.User requester(Exchange call) {
        String from = call.header("From");
        if (from == null) {
            throw PagerDutyErrors.refusal(
                    400, 2016, "You must specify a user's email address in the \"From\" header to perform this action");
        }
        if (!from.contains("@")) {
            throw PagerDutyErrors.refusal(400, 1028, "Malformed \"From\" header");
        }
        Account.User user = account.byEmail(from.trim());
        if (user == null) {
            throw PagerDutyErrors.refusal(400, 1008, "Requester User Not Found");
        }
        return user;
    }

    private Answer create(Exchange call) {
        Account.User user = requester(call);
        JsonNode wanted = call.body().path("incident");
        String key = wanted.path("incident_key").asText(null);
        call.about(null, key, wanted.path("title").asText(null));
        PagedIncident made = book.create(wanted, user);
        call.about(made.id, made.key, made.title);
        call.committed();
        return document(201, view.rest(made));
    }

    private Answer get(Exchange call) {
        PagedIncident shown = about(call);
        ObjectNode incident = view.rest(shown);
        List<String> included = call.queries("include[]");
        if (included.contains("body") && shown.body != null) {
            incident.set("body", shown.body);
        }
        if (included.contains("custom_fields")) {
            incident.set("custom_fields", fields.values(shown));
        }
        return document(200, incident);
    }

    private Answer update(Exchange call) {
        Account.User user = requester(call);
        PagedIncident changed = about(call);
        JsonNode wanted = call.body().path("incident");
        rules.checkChange(changed, wanted);
        book.change(changed, wanted, user);
        call.committed();
        return document(200, view.rest(changed));
    }

    private Answer merge(Exchange call) {
        Account.User user = requester(call);
        PagedIncident target = about(call);
        List<PagedIncident> sources = new ArrayList<>();
        call.body()
                .path("source_incidents")
                .forEach(source -> sources.add(book.find(source.path("id").asText())));
        sources.forEach(source -> book.merge(source, target, user));
        call.committed();
        return document(200, view.reference(target));
    }

    /** All or nothing: every change is checked before the first is made. */
    private Answer updateMany(Exchange call) {
        Account.User user = requester(call);
        JsonNode wanted = call.body().path("incidents");
        if (wanted.size() > MOST_AT_ONCE) {
            throw PagerDutyErrors.refusal(413, 2001, "Too Many Incidents");
        }
        List<PagedIncident> changed = new ArrayList<>();
        for (JsonNode one : wanted) {
            PagedIncident incident = book.find(one.path("id").asText());
            rules.checkChange(incident, one);
            changed.add(incident);
        }
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("incidents");
        for (int index = 0; index < changed.size(); index++) {
            book.change(changed.get(index), wanted.get(index), user);
            list.add(view.rest(changed.get(index)));
        }
        call.committed();
        return Answer.of(200, Pages.add(answer, changed.size(), 0, changed.size(), call));
    }

    private Answer note(Exchange call) {
        Account.User user = requester(call);
        PagedIncident noted = about(call);
        String text = call.body().path("note").path("content").asText("");
        if (text.isBlank()) {
            throw PagerDutyErrors.invalid("Content cannot be empty");
        }
        if (noted.notes.size() >= MOST_NOTES) {
            throw PagerDutyErrors.invalid("Incident has too many notes");
        }
        ObjectNode answer = Json.object();
        answer.set("note", book.note(noted, text, user));
        call.committed();
        return Answer.of(200, answer);
    }

    /** Newest first, as the vendor lists them. */
    private Answer log(Exchange call) {
        List<ObjectNode> entries = about(call).log;
        int limit = Pages.limit(call);
        int offset = Pages.offset(call);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("log_entries");
        for (int index = entries.size() - 1 - offset; index >= 0 && list.size() < limit; index--) {
            list.add(entries.get(index));
        }
        return Answer.of(200, Pages.add(answer, limit, offset, entries.size(), call));
    }

    private static Answer document(int status, ObjectNode incident) {
        ObjectNode answer = Json.object();
        answer.set("incident", incident);
        return Answer.of(status, answer);
    }
}
