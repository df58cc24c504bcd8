package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Json;

/** Shows incidents in their two shapes: the REST resource, and the data of a webhook, which differ in small things. */
final class IncidentView {
    private final Account account;

    IncidentView(Account account) {
        this.account = account;
    }

    ObjectNode reference(PagedIncident incident) {
        return account.reference("incident", "incidents", incident.id, "[#" + incident.number + "] " + incident.title);
    }

    ObjectNode rest(PagedIncident incident) {
        ObjectNode shown = reference(incident).put("type", "incident");
        shown.put("incident_number", incident.number);
        common(shown, incident);
        shown.put("updated_at", incident.updatedAt.toString()).put("assigned_via", incident.assignedVia);
        ArrayNode assignments = shown.putArray("assignments");
        incident.assignees.forEach(user -> {
            ObjectNode assignment = assignments.addObject().put("at", incident.assignedAt.toString());
            assignment.set("assignee", account.userReference(user));
        });
        ArrayNode acknowledgements = shown.putArray("acknowledgements");
        incident.acknowledgements.forEach(acknowledgement -> acknowledgements
                .addObject()
                .put("at", acknowledgement.at().toString())
                .set("acknowledger", account.userReference(acknowledgement.user())));
        shown.put("last_status_change_at", incident.statusChangedAt.toString());
        shown.set("last_status_change_by", incident.statusChangedBy);
        shown.put("resolved_at", incident.resolvedAt == null ? null : incident.resolvedAt.toString());
        ObjectNode trigger = incident.log.get(0);
        shown.set(
                "first_trigger_log_entry",
                account.reference(
                        "trigger_log_entry",
                        "log_entries",
                        trigger.path("id").asText(),
                        trigger.path("summary").asText()));
        shown.putObject("alert_counts").put("all", 0).put("triggered", 0).put("resolved", 0);
        shown.put("is_mergeable", true);
        reason(shown, incident);
        ArrayNode pending = shown.putArray("pending_actions");
        if (incident.snoozedUntil != null && incident.status.equals("acknowledged")) {
            pending.addObject().put("type", "unacknowledge").put("at", incident.snoozedUntil.toString());
        }
        return shown;
    }

    /** Without summary, with "number" and with flat assignees. */
    ObjectNode webhook(PagedIncident incident) {
        ObjectNode shown = Json.object()
                .put("id", incident.id)
                .put("type", "incident")
                .put("self", account.link("incidents", incident.id))
                .put("html_url", account.link("incidents", incident.id))
                .put("number", incident.number);
        common(shown, incident);
        ArrayNode assignees = shown.putArray("assignees");
        incident.assignees.forEach(user -> assignees.add(account.userReference(user)));
        shown.putNull("conference_bridge");
        reason(shown, incident);
        if (incident.reopenedAt != null) {
            shown.put("reopened_at", incident.reopenedAt.toString());
        }
        return shown;
    }

    private void reason(ObjectNode shown, PagedIncident incident) {
        if (incident.mergedInto == null) {
            shown.putNull("resolve_reason");
        } else {
            shown.putObject("resolve_reason")
                    .put("type", "merge_resolve_reason")
                    .set("incident", reference(incident.mergedInto));
        }
    }

    private void common(ObjectNode shown, PagedIncident incident) {
        shown.put("title", incident.title)
                .put("created_at", incident.createdAt.toString())
                .put("status", incident.status)
                .put("incident_key", incident.key);
        shown.set("service", account.serviceReference(incident.service));
        shown.set("priority", incident.priority == null ? null : account.priorityResource(incident.priority));
        shown.put("urgency", incident.urgency);
        shown.set("escalation_policy", account.policyReference(incident.policy));
        shown.putArray("teams");
        shown.putObject("incident_type").put("name", incident.incidentType);
    }
}
