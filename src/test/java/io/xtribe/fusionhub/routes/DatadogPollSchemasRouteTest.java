package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** All that {@link DatadogPollRouteTest} makes the hub and the sandbox say, held against Datadog's API. */
class DatadogPollSchemasRouteTest extends DatadogPollRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS = new VendorSchemas(
            "datadog",
            "GetIncident",
            "GetMonitor",
            "ListEvents",
            "ListIncidentAttachments",
            "SearchCases",
            "SearchIncidents",
            "SearchMonitorGroups");
}
