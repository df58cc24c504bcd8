package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** All that {@link ServiceNowRouteTest} makes the hub and the sandbox say, held against ServiceNow's Table API. */
class ServiceNowSchemasRouteTest extends ServiceNowRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS = new VendorSchemas(
            "servicenow", "createIncident", "getIncident", "listIncidents", "listJournalEntries", "patchIncident");

    @Test
    void probes() {
        template.sendBody("direct:servicenow-probe", null);
    }
}
