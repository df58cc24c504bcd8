package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** All that {@link DatadogLinkRouteTest} makes the hub and the sandbox say, held against Datadog's own schemas. */
class DatadogLinkSchemasRouteTest extends DatadogLinkRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS = new VendorSchemas(
            "datadog",
            "CommentCase",
            "CreateCase",
            "CreateIncident",
            "CreateIncidentAttachment",
            "LinkIncident",
            "ListCaseTimeline",
            "ListIncidentAttachments",
            "UpdateIncident",
            "UpdateStatus");
}
