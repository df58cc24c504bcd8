package io.xtribe.fusionhub.converge;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Step;

/** Steps as the mapping files see them that make requests. */
abstract class RequestMappingFixture {

    static final Map<String, String> NO_TARGET = Map.of();

    static JsonNode view(
            Incident incident, String platform, String part, Operation operation, Map<String, String> target) {
        return StepView.of(Step.of(incident, platform, part, operation), target);
    }
}
