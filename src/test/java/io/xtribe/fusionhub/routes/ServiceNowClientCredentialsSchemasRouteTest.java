package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** What {@link ServiceNowClientCredentialsRouteTest} makes the hub and the sandbox say, held against ServiceNow's schemas. */
class ServiceNowClientCredentialsSchemasRouteTest extends ServiceNowClientCredentialsRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS = new VendorSchemas(SERVICENOW, "createIncident", "createOAuthToken");
}
