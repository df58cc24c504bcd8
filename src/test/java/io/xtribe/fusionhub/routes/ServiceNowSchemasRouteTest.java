package io.xtribe.fusionhub.routes;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** All that {@link ServiceNowRouteTest} makes the hub and the sandbox say, held against ServiceNow's Table API. */
class ServiceNowSchemasRouteTest extends ServiceNowRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS =
            new VendorSchemas("servicenow", "createIncident", "getIncident", "listIncidents", "patchIncident");

    /** So that requests hold all that they can hold. */
    @Override
    Map<String, String> settings() {
        var settings = new HashMap<>(super.settings());
        settings.put("fusion.servicenow.caller-id", "6816f79cc0a8016401c5a33be04be441");
        settings.put("fusion.servicenow.assignment-group", "287ebd7da9fe198100f92cc8d1d2154e");
        return settings;
    }

    @Test
    void probes() {
        template.sendBody("direct:servicenow-probe", null);
    }
}
