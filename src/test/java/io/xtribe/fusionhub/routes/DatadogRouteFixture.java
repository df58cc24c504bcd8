package io.xtribe.fusionhub.routes;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Reference;

/** Datadog's routes, in an organisation that has declared the fields for our key. */
abstract class DatadogRouteFixture extends PlatformRouteTest {

    static final String DATADOG = "datadog";

    @Override
    List<String> routeFiles() {
        return callsOf("datadog");
    }

    @Override
    Map<String, String> settings() {
        return Map.of("fusion.datadog.case-attribute", "fusion_id", "fusion.datadog.incident-field", "fusion_id");
    }

    JsonNode open(String part) {
        return run(step(incident(), DATADOG, part, Operation.OPEN));
    }

    /** With a record of ours. */
    Incident opened(String part) {
        return with(incident(), DATADOG, part, referenceOf(open(part)));
    }

    /** With both records of ours. */
    Incident openedBoth() {
        return with(opened("incident"), DATADOG, "case", referenceOf(open("case")));
    }

    static Reference reference(Incident incident, String part) {
        return incident.part(DATADOG, part).reference();
    }

    static JsonNode record(String kind) {
        return records(DATADOG, kind).get(0);
    }
}
