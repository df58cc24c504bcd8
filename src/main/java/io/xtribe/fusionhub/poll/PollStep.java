package io.xtribe.fusionhub.poll;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.platform.PlatformStep;
import io.xtribe.fusionhub.platform.availability.Lane;

/**
 * One page of a poll under way, as its route and its calls see it.
 *
 * @param poll its name, for example {@code events}
 * @param view what the route is told, for mappings
 * @param endBefore {@code System.nanoTime()} after which no call for it may begin
 */
record PollStep(String poll, ObjectNode view, long endBefore) implements PlatformStep {

    static final String OPERATION = "poll";

    @Override
    public String getOperation() {
        return OPERATION;
    }

    @Override
    public String getPart() {
        return poll;
    }

    @Override
    public Lane getLane() {
        return Lane.BATCH;
    }

    @Override
    public Duration left() {
        return Duration.ofNanos(endBefore - System.nanoTime());
    }
}
