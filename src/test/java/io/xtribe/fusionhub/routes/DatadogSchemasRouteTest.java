package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** All that {@link DatadogRouteTest} makes the hub and the sandbox say, held against Datadog's own schemas. */
class DatadogSchemasRouteTest extends DatadogRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS = new VendorSchemas(
            "datadog",
            "CreateCase",
            "CreateIncident",
            "GetCase",
            "GetIncident",
            "GetMonitor",
            "ListIncidents",
            "ListMonitors",
            "SearchCases",
            "SearchIncidents",
            "UpdateIncident",
            "UpdatePriority",
            "UpdateStatus");

    @Test
    void probes() {
        template.sendBody("direct:datadog-probe", null);
    }

    @Test
    void asksWhoseItIs() {
        template.sendBody("direct:datadog-speaker", null);
    }
}
