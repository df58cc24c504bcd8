package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** All that {@link PagerDutyPollRouteTest} makes the hub and the sandbox say, held against PagerDuty's REST API. */
class PagerDutyPollSchemasRouteTest extends PagerDutyPollRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS = new VendorSchemas(
            "pagerduty",
            "createWebhookSubscription",
            "enableWebhookSubscription",
            "getIncidentFieldValues",
            "listIncidentNotes",
            "listIncidents",
            "listWebhookSubscriptions");
}
