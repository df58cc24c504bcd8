package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** What {@link DatadogWithoutFieldsRouteTest} makes the hub and the sandbox say, held against Datadog's own schemas. */
class DatadogWithoutFieldsSchemasRouteTest extends DatadogWithoutFieldsRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS =
            new VendorSchemas("datadog", "CreateCase", "CreateIncident", "SearchCases", "SearchIncidents");
}
