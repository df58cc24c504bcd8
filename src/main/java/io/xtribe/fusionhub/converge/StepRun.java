package io.xtribe.fusionhub.converge;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.platform.PlatformStep;

/**
 * A step under way: what the platform's routes see of it beside the body. Kept in the exchange property {@code step}.
 *
 * @param step the step
 * @param view the step as JSON, for mappings
 * @param startBefore {@code System.nanoTime()} after which no call for it may begin
 */
public record StepRun(Step step, ObjectNode view, long startBefore) implements PlatformStep {

    public String getPlatform() {
        return step.platform();
    }

    @Override
    public String getPart() {
        return step.part();
    }

    @Override
    public String getOperation() {
        return step.operation().verb();
    }

    public String getCorrelationId() {
        return step.incidentId();
    }

    /** Whether the platform must be read before it is written. */
    public boolean isAfterUnknown() {
        return step.afterUnknown();
    }

    public JsonNode getView() {
        return view;
    }

    @Override
    public Duration left() {
        return Duration.ofNanos(startBefore - System.nanoTime());
    }
}
