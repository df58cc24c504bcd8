package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The state of one incident. How it is shown is {@link IncidentView}'s matter. */
final class PagedIncident {
    record Acknowledgement(Instant at, String user) {}

    final String id;
    final int number;
    final Instant createdAt = now();
    String title;
    String key;
    String status = "triggered";
    String urgency = "high";
    String priority;
    String service;
    String policy;
    String incidentType = "incident_default";
    String assignedVia = "escalation_policy";
    JsonNode body;
    Instant updatedAt = createdAt;
    Instant resolvedAt;
    Instant reopenedAt;
    /** Into which it was merged, or null. */
    PagedIncident mergedInto;
    /** Until when it is snoozed, or null. */
    Instant snoozedUntil;

    Instant statusChangedAt = createdAt;
    ObjectNode statusChangedBy;
    final List<String> assignees = new ArrayList<>();
    Instant assignedAt = createdAt;
    final List<Acknowledgement> acknowledgements = new ArrayList<>();
    final List<ObjectNode> notes = new ArrayList<>();
    final List<ObjectNode> log = new ArrayList<>();
    final Map<String, JsonNode> fields = new LinkedHashMap<>();

    PagedIncident(String id, int number) {
        this.id = id;
        this.number = number;
    }

    boolean open() {
        return !status.equals("resolved");
    }

    /** PagerDuty shows seconds. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
