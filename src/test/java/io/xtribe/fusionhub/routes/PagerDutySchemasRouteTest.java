package io.xtribe.fusionhub.routes;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.openapi.VendorSchemas;

/** All that {@link PagerDutyRouteTest} makes the hub and the sandbox say, held against PagerDuty's own schemas. */
class PagerDutySchemasRouteTest extends PagerDutyRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS = new VendorSchemas(
            "pagerduty",
            "createIncident",
            "createIncidentNote",
            "getIncident",
            "listIncidentNotes",
            "listIncidents",
            "listPriorities",
            "setIncidentFieldValues",
            "updateIncident");

    /** So that requests hold all that they can hold. */
    @Override
    Map<String, String> settings() {
        var settings = new HashMap<>(super.settings());
        settings.put("fusion.pagerduty.escalation-policy-id", "PPOLICY01");
        return settings;
    }

    @Test
    void probes() {
        template.sendBody("direct:pagerduty-probe", null);
    }
}
