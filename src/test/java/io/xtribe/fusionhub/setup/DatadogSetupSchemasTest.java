package io.xtribe.fusionhub.setup;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** All that {@link DatadogSetupTest} makes the command and the sandbox say, held against Datadog's own schemas. */
class DatadogSetupSchemasTest extends DatadogSetupTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS = new VendorSchemas(
            "datadog",
            "CreateWebhooksIntegration",
            "CreateWebhooksIntegrationCustomVariable",
            "GetWebhooksIntegration",
            "GetWebhooksIntegrationCustomVariable",
            "UpdateWebhooksIntegration",
            "UpdateWebhooksIntegrationCustomVariable");
}
