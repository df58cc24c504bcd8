package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.openapi.VendorSchemas;
import io.xtribe.fusionhub.platform.PlatformStep;

import static org.assertj.core.api.Assertions.assertThat;

/** All that {@link PagerDutyRouteTest} makes the hub and the sandbox say, held against PagerDuty's own schemas. */
class PagerDutySchemasRouteTest extends PagerDutyRouteTest {

    @RegisterExtension
    static final VendorSchemas SCHEMAS = new VendorSchemas(
            "pagerduty",
            "createIncident",
            "getIncident",
            "listIncidents",
            "listPriorities",
            "listUsers",
            "updateIncident");

    @Test
    void probes() {
        template.sendBody("direct:pagerduty-probe", null);
    }

    @Test
    void pollsWithTheFirstEntryOfTheLog() {
        sandbox.pagerDutyIncident("P1", "paged");
        var request = Json.literal("""
                {"since": {"iso": "2026-01-31T12:00:00Z"}, "begun": {"iso": "2026-01-31T12:00:00Z"}, "standing": []}""");

        var exchange = template.request("direct:pagerduty-poll-incidents", asked -> {
            asked.getIn().setBody(request);
            asked.setProperty(PlatformStep.VIEW, request);
        });

        assertThat(exchange.getException()).isNull();
    }

    @Test
    void asksWhoseItIs() {
        template.sendBody("direct:pagerduty-speaker", null);
    }
}
