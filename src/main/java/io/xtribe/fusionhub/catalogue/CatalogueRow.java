package io.xtribe.fusionhub.catalogue;

/**
 * One service of the catalogue. An empty cell is an empty text.
 *
 * @param service its name, as the platforms' webhooks send it
 * @param team owning team
 * @param tier how much depends on it, in the organisation's own words
 * @param assignmentGroup ServiceNow sys_id of the owning group
 * @param pagerdutyService PagerDuty service id
 * @param escalationPolicy PagerDuty escalation policy id
 * @param runbook URL
 */
public record CatalogueRow(
        String service,
        String team,
        String tier,
        String assignmentGroup,
        String pagerdutyService,
        String escalationPolicy,
        String runbook) {

    /** What a signal of this service carries of it. */
    RoutingHints hints() {
        return new RoutingHints(service, team, runbook, pagerdutyService, escalationPolicy, assignmentGroup);
    }
}
