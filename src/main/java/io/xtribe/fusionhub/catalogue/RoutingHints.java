package io.xtribe.fusionhub.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Optional enrichment from the service catalogue. The routing hints proper are platform ids.
 *
 * @param service catalogue name of the service
 * @param team owning team
 * @param runbook URL
 * @param pagerdutyservice PagerDuty service id to page
 * @param escalationpolicy PagerDuty escalation policy id
 * @param assignmentgroup ServiceNow sys_id of the owning group
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RoutingHints(
        String service,
        String team,
        String runbook,
        String pagerdutyservice,
        String escalationpolicy,
        String assignmentgroup) {

    public static final RoutingHints NONE = new RoutingHints("", "", "", "", "", "");

    public RoutingHints {
        service = orEmpty(service);
        team = orEmpty(team);
        runbook = orEmpty(runbook);
        pagerdutyservice = orEmpty(pagerdutyservice);
        escalationpolicy = orEmpty(escalationpolicy);
        assignmentgroup = orEmpty(assignmentgroup);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
