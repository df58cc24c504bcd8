package io.xtribe.fusionhub.conformance;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.platform.PlatformStep;
import io.xtribe.fusionhub.platform.availability.Lane;

/**
 * The step of a case.
 *
 * @param operation of the route that is called, such as {@code open}
 * @param view the step as JSON
 */
record CaseStep(String operation, ObjectNode view) implements PlatformStep {

    @Override
    public String getOperation() {
        return operation;
    }

    @Override
    public String getPart() {
        return view.path("part").asText();
    }

    @Override
    public Lane getLane() {
        return Lane.OPEN;
    }

    @Override
    public Duration left() {
        return Duration.ofMinutes(1);
    }
}
