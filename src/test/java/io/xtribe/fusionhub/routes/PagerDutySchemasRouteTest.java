package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** All that {@link PagerDutyRouteTest} makes the hub and the sandbox say, held against PagerDuty's own schemas. */
class PagerDutySchemasRouteTest extends PagerDutyRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS = new VendorSchemas(
            "pagerduty",
            "createIncident",
            "createIncidentNote",
            "getIncident",
            "listIncidentNotes",
            "listIncidentTypeCustomFields",
            "listIncidents",
            "listPriorities",
            "listUsers",
            "setIncidentFieldValues",
            "updateIncident");

    @Test
    void probes() {
        template.sendBody("direct:pagerduty-probe", null);
    }

    @Test
    void asksWhoseItIs() {
        template.sendBody("direct:pagerduty-speaker", null);
    }
}
