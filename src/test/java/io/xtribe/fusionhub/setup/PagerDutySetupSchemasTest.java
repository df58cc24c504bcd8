package io.xtribe.fusionhub.setup;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** All that {@link PagerDutySetupTest} makes the command and the sandbox say, held against PagerDuty's own schemas. */
class PagerDutySetupSchemasTest extends PagerDutySetupTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS = new VendorSchemas(
            "pagerduty", "createWebhookSubscription", "listWebhookSubscriptions", "updateWebhookSubscription");
}
