package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** All that {@link PagerDutyLinkRouteTest} makes the hub and the sandbox say, held against PagerDuty's own schemas. */
class PagerDutyLinkSchemasRouteTest extends PagerDutyLinkRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS = new VendorSchemas(
            "pagerduty",
            "createIncident",
            "createIncidentNote",
            "listIncidentNotes",
            "listIncidentTypeCustomFields",
            "setIncidentFieldValues");
}
