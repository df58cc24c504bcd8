package io.xtribe.fusionhub.routes;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;

/** ServiceNow's routes, with an incident of ours. */
abstract class ServiceNowRouteFixture extends PlatformRouteTest {

    static final String SERVICENOW = "servicenow";
    static final String DEFAULT_GROUP = "487ebd7da9fe198100f92cc8d1d2154e";
    static final String CHECKOUT_GROUP = "387ebd7da9fe198100f92cc8d1d2154e";
    static final String UNKNOWN_GROUP = "00000000000000000000000000000bad";

    @Override
    Map<String, String> settings() {
        return Map.of("fusion.servicenow.assignment-group", DEFAULT_GROUP);
    }

    @Override
    List<String> routeFiles() {
        return callsOf("servicenow");
    }

    JsonNode open(Incident incident) {
        return run(step(incident, SERVICENOW, "incident", Operation.OPEN));
    }

    Incident opened() {
        return with(incident(), SERVICENOW, "incident", referenceOf(open(incident())));
    }

    static JsonNode record() {
        return records(SERVICENOW, "incident").get(0);
    }
}
