package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** All that {@link ServiceNowLinkRouteTest} makes the hub and the sandbox say, held against ServiceNow's Table API. */
class ServiceNowLinkSchemasRouteTest extends ServiceNowLinkRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS =
            new VendorSchemas("servicenow", "createIncident", "getIncident", "listJournalEntries", "patchIncident");
}
