package io.xtribe.fusionhub.converge;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

import io.xtribe.fusionhub.config.FusionConfig.Copy;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.testing.BuiltIn;

/** Steps as the mapping files see them that make requests. */
abstract class RequestMappingFixture {

    static final Map<String, String> NO_TARGET = Map.of();

    static JsonNode view(
            Incident incident, String platform, String part, Operation operation, Map<String, String> target) {
        return view(Step.of(incident, platform, part, operation), target);
    }

    static JsonNode view(Step step, Map<String, String> target) {
        Incident incident = step.incident();
        return StepView.of(
                step,
                target,
                BuiltIn.words(step.platform())
                        .sent(
                                step.routePart(),
                                StepView.status(incident.status()),
                                incident.priority().name()),
                NullNode.getInstance(),
                Copy.ALL);
    }
}
