package io.xtribe.fusionhub.routes;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Platforms;

/** PagerDuty's routes, with an incident of ours. */
abstract class PagerDutyRouteFixture extends PlatformRouteTest {

    static final String PAGERDUTY = "pagerduty";

    @Override
    Map<String, String> settings() {
        return Map.of("fusion.probe", "1500ms", "fusion.pagerduty.escalation-policy-id", "PPOLICYCK");
    }

    @Override
    List<String> routeFiles() {
        return callsOf("pagerduty");
    }

    JsonNode open(Incident incident) {
        return run(step(incident, PAGERDUTY, "incident", Operation.OPEN));
    }

    Incident opened() {
        return with(incident(), PAGERDUTY, "incident", referenceOf(open(incident())));
    }

    static JsonNode record() {
        return records(PAGERDUTY, "incident").get(0);
    }

    Platform pagerduty() {
        return beans.get(Platforms.class).find(PAGERDUTY).orElseThrow();
    }
}
