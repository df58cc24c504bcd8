package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

/** The incidents and what may be done to them; every change writes the log and sends its webhook. */
final class IncidentBook {
    private final Workshop workshop;
    private final Account account;
    private final IncidentView view;
    private final LogEntries log;
    private final PagerDutyWebhooks webhooks;
    private final Map<String, PagedIncident> byId = new LinkedHashMap<>();
    private final Map<String, PagedIncident> byNumber = new HashMap<>();
    private final Map<String, List<PagedIncident>> byKey = new HashMap<>();

    IncidentBook(Workshop workshop, Account account, IncidentView view, LogEntries log, PagerDutyWebhooks webhooks) {
        this.workshop = workshop;
        this.account = account;
        this.view = view;
        this.log = log;
        this.webhooks = webhooks;
    }

    void clear() {
        byId.clear();
        byNumber.clear();
        byKey.clear();
    }

    Collection<PagedIncident> all() {
        return byId.values();
    }

    List<PagedIncident> withKey(String key) {
        return byKey.getOrDefault(key, List.of());
    }

    /** By id or by incident number, as the API takes both. */
    PagedIncident find(String idOrNumber) {
        PagedIncident found = byId.get(idOrNumber);
        found = found == null ? byNumber.get(idOrNumber) : found;
        if (found == null) {
            throw PagerDutyErrors.notFound();
        }
        return found;
    }

    PagedIncident create(JsonNode wanted, Account.User user) {
        new IncidentRules(workshop, account).check(wanted, this);
        PagedIncident made = new PagedIncident(Identifiers.opaque("Q", 14), byId.size() + 1);
        made.title = wanted.path("title").asText();
        made.key = wanted.path("incident_key").asText("");
        made.key = made.key.isEmpty() ? Identifiers.hex() : made.key;
        made.urgency = wanted.path("urgency").asText("high");
        made.service = wanted.path("service").path("id").asText();
        made.policy = wanted.path("escalation_policy").path("id").asText("");
        made.policy =
                made.policy.isEmpty() ? account.services().get(made.service).policy() : made.policy;
        made.priority = account.priority(wanted.path("priority"));
        made.incidentType = wanted.path("incident_type").path("name").asText("incident_default");
        made.body = wanted.get("body");
        made.statusChangedBy = account.serviceReference(made.service);
        log.add(made, "trigger", "Triggered through the API.", user.id(), "api");
        assign(made, wanted.path("assignments"), user);
        byId.put(made.id, made);
        byNumber.put(String.valueOf(made.number), made);
        byKey.computeIfAbsent(made.key, any -> new ArrayList<>(1)).add(made);
        tell("incident.triggered", made, user);
        return made;
    }

    /** Assigning to the requester acknowledges at once and notifies nobody. */
    private void assign(PagedIncident made, JsonNode assignments, Account.User user) {
        String assignee = assignments.path(0).path("assignee").path("id").asText("");
        made.assignedVia = assignee.isEmpty() ? "escalation_policy" : "direct_assignment";
        if (assignee.isEmpty()) {
            assignee = account.onCall(made.policy).id();
        }
        made.assignees.clear();
        made.assignees.add(assignee);
        made.assignedAt = PagedIncident.now();
        log.add(made, "assign", "Assigned to " + account.users().get(assignee).name() + ".", user.id(), "auto");
        if (assignee.equals(user.id())) {
            made.status = "acknowledged";
            made.acknowledgements.add(new PagedIncident.Acknowledgement(made.assignedAt, user.id()));
        } else {
            log.notified(made, assignee);
        }
    }

    void change(PagedIncident changed, JsonNode wanted, Account.User user) {
        if (wanted.has("title")) {
            changed.title = wanted.path("title").asText();
        }
        if (wanted.has("urgency")) {
            changed.urgency = wanted.path("urgency").asText();
        }
        if (wanted.has("status")) {
            moveTo(changed, wanted.path("status").asText(), user);
            String resolution = wanted.path("resolution").asText("");
            if (changed.status.equals("resolved") && !resolution.isEmpty()) {
                note(changed, "Resolution Note: " + resolution, user);
            }
        }
        if (wanted.has("priority")) {
            String priority = account.priority(wanted.path("priority"));
            if (priority == null ? changed.priority != null : !priority.equals(changed.priority)) {
                changed.priority = priority;
                tell("incident.priority_updated", changed, user);
            }
        }
        changed.updatedAt = PagedIncident.now();
    }

    /** Resolves an incident in favour of another one, which must be open. */
    void merge(PagedIncident source, PagedIncident target, Account.User user) {
        if (!target.open()) {
            throw PagerDutyErrors.arguments("The target incident must be open");
        }
        if (source == target || source.mergedInto != null) {
            throw PagerDutyErrors.refusal(400, 1019, "Incident Already Merged");
        }
        source.mergedInto = target;
        moveTo(source, "resolved", user);
        target.updatedAt = PagedIncident.now();
    }

    /** Acknowledged for a while; no webhook tells of it. */
    void snooze(PagedIncident changed, long seconds, Account.User user) {
        changed.status = "acknowledged";
        changed.updatedAt = PagedIncident.now();
        changed.statusChangedAt = changed.updatedAt;
        changed.statusChangedBy = account.userReference(user.id());
        changed.snoozedUntil = changed.updatedAt.plusSeconds(seconds);
        changed.acknowledgements.add(new PagedIncident.Acknowledgement(changed.updatedAt, user.id()));
        log.add(changed, "snooze", "Snoozed by " + user.name() + ".", user.id(), "website");
    }

    private void moveTo(PagedIncident changed, String status, Account.User user) {
        String before = changed.status;
        if (before.equals(status)) {
            return;
        }
        changed.status = status;
        changed.updatedAt = PagedIncident.now();
        changed.statusChangedAt = changed.updatedAt;
        changed.statusChangedBy = account.userReference(user.id());
        boolean reopened = before.equals("resolved");
        if (reopened) {
            changed.mergedInto = null;
            changed.reopenedAt = changed.updatedAt;
            changed.resolvedAt = null;
        }
        switch (status) {
            case "resolved" -> {
                changed.resolvedAt = changed.updatedAt;
                changed.assignees.clear();
                changed.acknowledgements.clear();
                log.add(changed, "resolve", "Resolved by " + user.name() + ".", user.id(), "website");
                tell("incident.resolved", changed, user);
            }
            case "acknowledged" -> {
                if (reopened) {
                    changed.assignees.add(user.id());
                    changed.assignedVia = "direct_assignment";
                }
                changed.acknowledgements.add(new PagedIncident.Acknowledgement(changed.updatedAt, user.id()));
                log.add(changed, "acknowledge", "Acknowledged by " + user.name() + ".", user.id(), "website");
                tell(reopened ? "incident.reopened" : "incident.acknowledged", changed, user);
            }
            default -> {
                changed.acknowledgements.clear();
                if (reopened) {
                    log.add(changed, "trigger", "Reopened by " + user.name() + ".", user.id(), "website");
                    assignOnCall(changed, user);
                } else {
                    log.add(changed, "unacknowledge", "Unacknowledged by " + user.name() + ".", user.id(), "website");
                }
                tell(reopened ? "incident.reopened" : "incident.unacknowledged", changed, user);
            }
        }
    }

    private void assignOnCall(PagedIncident changed, Account.User user) {
        if (account.onCall(changed.policy) != null) {
            assign(changed, Json.array(), user);
        }
    }

    ObjectNode note(PagedIncident noted, String text, Account.User user) {
        String now = PagedIncident.now().toString();
        ObjectNode note = Json.object().put("id", Identifiers.opaque("P", 14));
        note.set("user", account.userReference(user.id()));
        note.putObject("channel").put("summary", "The PagerDuty website or APIs");
        note.put("content", text).put("created_at", now).put("updated_at", now);
        noted.notes.add(note);
        noted.updatedAt = PagedIncident.now();
        log.add(noted, "annotate", "Note added by " + user.name() + ".", user.id(), "note");
        ObjectNode data = Json.object();
        data.set("incident", view.reference(noted));
        data.put("id", note.path("id").asText())
                .put("content", text)
                .put("trimmed", false)
                .put("type", "incident_note");
        webhooks.send(
                "incident.annotated", "incident", account.userReference(user.id()), data, noted.id, noted.service);
        return note;
    }

    /** Sends the fields as they are now, and the changed ones as they were before, as PagerDuty does. */
    void fieldsChanged(PagedIncident changed, JsonNode all, JsonNode before) {
        changed.updatedAt = PagedIncident.now();
        ObjectNode data = Json.object();
        data.set("incident", view.reference(changed));
        data.set("custom_fields", all);
        data.set("changed_custom_fields", before);
        data.put("type", "incident_field_values");
        webhooks.send(
                "incident.custom_field_values.updated",
                "incident",
                account.userReference(Account.BOT),
                data,
                changed.id,
                changed.service);
    }

    private void tell(String event, PagedIncident incident, Account.User user) {
        webhooks.send(
                event,
                "incident",
                account.userReference(user.id()),
                view.webhook(incident),
                incident.id,
                incident.service);
    }
}
