package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

/** What PagerDuty refuses about an incident, with its codes (platforms/pagerduty.md, 2 and 4). */
final class IncidentRules {
    private static final Set<String> STATUSES = Set.of("triggered", "acknowledged", "resolved");
    private static final Set<String> URGENCIES = Set.of("high", "low");
    private static final Map<String, Integer> ALREADY = Map.of("resolved", 1001, "acknowledged", 1002);

    private final Workshop workshop;
    private final Account account;

    IncidentRules(Workshop workshop, Account account) {
        this.workshop = workshop;
        this.account = account;
    }

    void check(JsonNode wanted, IncidentBook book) {
        if (!wanted.path("type").asText().equals("incident")) {
            throw PagerDutyErrors.arguments("Incident type must be 'incident'");
        }
        if (wanted.path("title").asText("").isBlank()) {
            throw PagerDutyErrors.invalid("Title cannot be empty");
        }
        String service = wanted.path("service").path("id").asText("");
        if (service.isEmpty()) {
            throw PagerDutyErrors.invalid("Service cannot be empty");
        }
        if (!account.services().containsKey(service)) {
            throw PagerDutyErrors.refusal(400, 5002, "Service Not Found");
        }
        checkUrgency(wanted);
        checkPriority(wanted);
        checkAssignment(wanted, service);
        String key = wanted.path("incident_key").asText("");
        List<PagedIncident> sameKey = book.withKey(key);
        if (sameKey.stream().anyMatch(known -> known.open() && known.service.equals(service))) {
            throw PagerDutyErrors.arguments("Open incident with matching dedup key already exists on this service");
        }
    }

    private void checkAssignment(JsonNode wanted, String service) {
        boolean assigned = wanted.path("assignments").size() > 0;
        String policy = wanted.path("escalation_policy").path("id").asText("");
        if (assigned && !policy.isEmpty()) {
            throw PagerDutyErrors.arguments("Cannot specify both assignments and escalation policy");
        }
        if (assigned) {
            String assignee = wanted.at("/assignments/0/assignee/id").asText();
            if (wanted.path("assignments").size() > 1 || !account.users().containsKey(assignee)) {
                throw PagerDutyErrors.invalid("Assignee is invalid");
            }
            return;
        }
        policy = policy.isEmpty() ? account.services().get(service).policy() : policy;
        if (!account.policies().containsKey(policy)) {
            throw PagerDutyErrors.refusal(400, 1014, "Escalation Policy Not Found");
        }
        if (account.onCall(policy) == null) {
            throw PagerDutyErrors.refusal(400, 1015, "Escalation Policy Has Nobody On Call");
        }
    }

    private static void checkUrgency(JsonNode wanted) {
        if (wanted.has("urgency") && !URGENCIES.contains(wanted.path("urgency").asText())) {
            throw PagerDutyErrors.invalid("Urgency must be one of: high, low");
        }
    }

    private void checkPriority(JsonNode wanted) {
        if (!wanted.hasNonNull("priority")) {
            return;
        }
        if (!workshop.settings().feature("pagerduty.priorities")) {
            throw PagerDutyErrors.missingAbility(workshop.settings().refusal("pagerduty.priorities", 402));
        }
        if (account.priority(wanted.path("priority")) == null) {
            throw PagerDutyErrors.refusal(400, 1020, "Invalid Priority");
        }
    }

    void checkChange(PagedIncident current, JsonNode wanted) {
        if (!wanted.path("type").asText().startsWith("incident")) {
            throw PagerDutyErrors.arguments("Incident type is required");
        }
        String status = wanted.path("status").asText("");
        if (wanted.has("status") && !STATUSES.contains(status)) {
            throw PagerDutyErrors.refusal(400, 1003, "Invalid Status Provided");
        }
        boolean strict = workshop.settings().feature("pagerduty.strictTransitions");
        if (strict && current.status.equals(status) && ALREADY.containsKey(status)) {
            throw PagerDutyErrors.refusal(400, ALREADY.get(status), "Incident Already " + capitalised(status));
        }
        checkUrgency(wanted);
        checkPriority(wanted);
    }

    private static String capitalised(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
