package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** All that {@link ServiceNowPollRouteTest} makes the hub and the sandbox say, held against ServiceNow's Table API. */
class ServiceNowPollSchemasRouteTest extends ServiceNowPollRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS = new VendorSchemas("servicenow", "listIncidents", "listJournalEntries");
}
