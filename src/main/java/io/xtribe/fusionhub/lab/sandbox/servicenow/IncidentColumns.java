package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.xtribe.fusionhub.lab.sandbox.simulator.Settings;

/** Which columns the incident table has, and which of them a caller may write. */
final class IncidentColumns {
    /** Column of a reference to the table it points to. */
    static final Map<String, String> REFERENCES = Map.of(
            "caller_id", "sys_user",
            "opened_by", "sys_user",
            "assigned_to", "sys_user",
            "resolved_by", "sys_user",
            "closed_by", "sys_user",
            "reopened_by", "sys_user",
            "assignment_group", "sys_user_group",
            "cmdb_ci", "cmdb_ci",
            "business_service", "cmdb_ci_service",
            "parent_incident", "incident");

    static final Set<String> JOURNALS = Set.of("work_notes", "comments");
    private static final List<String> LINKS =
            List.of("u_datadog_incident_url", "u_datadog_case_url", "u_pagerduty_incident_url");
    private static final List<String> WRITABLE = List.of(
            "short_description",
            "description",
            "impact",
            "urgency",
            "state",
            "hold_reason",
            "close_code",
            "close_notes",
            "caller_id",
            "assigned_to",
            "assignment_group",
            "cmdb_ci",
            "business_service",
            "category",
            "subcategory",
            "contact_type",
            "severity",
            "parent_incident",
            "correlation_id",
            "correlation_display");
    private static final List<String> COMPUTED = List.of(
            "sys_id",
            "number",
            "incident_state",
            "active",
            "priority",
            "opened_by",
            "opened_at",
            "resolved_at",
            "resolved_by",
            "closed_at",
            "closed_by",
            "reopen_count",
            "reopened_time",
            "reopened_by",
            "comments",
            "work_notes",
            "comments_and_work_notes",
            "sys_created_on",
            "sys_created_by",
            "sys_updated_on",
            "sys_updated_by",
            "sys_mod_count",
            "sys_class_name");

    private final Settings settings;

    IncidentColumns(Settings settings) {
        this.settings = settings;
    }

    boolean writable(String column) {
        return WRITABLE.contains(column) || isLink(column);
    }

    boolean exists(String column) {
        return WRITABLE.contains(column) || COMPUTED.contains(column) || isLink(column);
    }

    private boolean isLink(String column) {
        return LINKS.contains(column) && settings.feature("servicenow.linkColumns");
    }

    List<String> all() {
        List<String> all = new ArrayList<>(COMPUTED);
        all.addAll(WRITABLE);
        if (settings.feature("servicenow.linkColumns")) {
            all.addAll(LINKS);
        }
        return all;
    }

    List<String> links() {
        return LINKS;
    }
}
