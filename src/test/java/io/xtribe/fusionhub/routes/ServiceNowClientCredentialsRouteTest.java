package io.xtribe.fusionhub.routes;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.openapi.VendorOperations;

import static org.assertj.core.api.Assertions.assertThat;

/** ServiceNow over OAuth without a user, by the client credentials grant. */
@VendorOperations(
        platform = "servicenow",
        value = {"createIncident", "createOAuthToken"})
class ServiceNowClientCredentialsRouteTest extends ServiceNowTokenRouteTest {

    @Override
    Map<String, String> settings() {
        var settings = new HashMap<>(super.settings());
        settings.put("fusion.servicenow.username", "");
        settings.put("fusion.servicenow.password", "");
        return settings;
    }

    @Test
    void needsNoUser() {
        sandbox.settings(Map.of("credentials", Map.of("servicenow.username", "x", "servicenow.password", "x")));

        run(opening());

        assertThat(records(SERVICENOW, "incident")).hasSize(1);
    }
}
