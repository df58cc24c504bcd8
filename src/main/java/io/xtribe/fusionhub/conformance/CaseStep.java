package io.xtribe.fusionhub.conformance;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.platform.PlatformStep;

/**
 * The step of a case.
 *
 * @param view the step as JSON
 */
record CaseStep(ObjectNode view) implements PlatformStep {

    @Override
    public String getOperation() {
        return "case";
    }

    @Override
    public String getPart() {
        return view.path("part").asText();
    }

    @Override
    public int getLane() {
        return 0;
    }

    @Override
    public Duration left() {
        return Duration.ofMinutes(1);
    }
}
