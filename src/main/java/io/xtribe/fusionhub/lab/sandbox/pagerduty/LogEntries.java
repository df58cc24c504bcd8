package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;

/** Writes an incident's log: what happened, by whom, and who was notified of it. */
final class LogEntries {
    private final Account account;
    private final IncidentView view;

    LogEntries(Account account, IncidentView view) {
        this.account = account;
        this.view = view;
    }

    /** @param actor id of the user who did it, null for the service itself */
    ObjectNode add(PagedIncident incident, String kind, String summary, String actor, String channel) {
        String id = Identifiers.opaque("R", 26);
        ObjectNode entry = account.reference(kind + "_log_entry", "log_entries", id, summary)
                .put("type", kind + "_log_entry")
                .put("created_at", PagedIncident.now().toString());
        entry.putObject("channel").put("type", channel).put("summary", summary);
        entry.set("agent", agent(incident, actor));
        entry.set("service", account.serviceReference(incident.service));
        entry.set("incident", view.reference(incident));
        entry.putArray("teams");
        entry.putArray("contexts");
        incident.log.add(entry);
        return entry;
    }

    ObjectNode agent(PagedIncident incident, String actor) {
        return actor == null ? account.serviceReference(incident.service) : account.userReference(actor);
    }

    void notified(PagedIncident incident, String user) {
        Account.User person = account.users().get(user);
        ObjectNode entry = add(incident, "notify", "Notified " + person.name() + " by email.", null, "auto");
        entry.set("user", account.userReference(user));
        entry.withObjectProperty("channel").put("summary", "auto").set("notification", notification(person));
    }

    private static ObjectNode notification(Account.User person) {
        return Json.object()
                .put("type", "email_notification")
                .put("address", person.email())
                .put("status", "success");
    }
}
