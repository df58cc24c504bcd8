package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;

import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.incident.Timeline.Call;
import io.xtribe.fusionhub.platform.PlatformStep;
import io.xtribe.fusionhub.platform.availability.Lane;
import io.xtribe.fusionhub.trace.Trace;

/**
 * A step under way: what the platform's routes see of it beside the body.
 *
 * @param step the step
 * @param view the step as JSON, for mappings
 * @param route the platform's route that does it
 * @param startBefore {@code System.nanoTime()} after which no call for it may begin
 * @param calls the requests that were made for it, in their order
 * @param trace what shows it in a trace
 */
public record StepRun(Step step, ObjectNode view, String route, long startBefore, List<Call> calls, Trace trace)
        implements PlatformStep {

    /** One that begins, and that no trace shows. */
    public StepRun(Step step, ObjectNode view, String route, long startBefore) {
        this(step, view, route, startBefore, new CopyOnWriteArrayList<>(), Trace.NONE);
    }

    StepRun traced(Trace shown) {
        return new StepRun(step, view, route, startBefore, calls, shown);
    }

    /** The step with the requests that were made for it until now. */
    Step made() {
        return step.having(List.copyOf(calls));
    }

    @Override
    public void called(Call call) {
        calls.add(call);
    }

    public String getPlatform() {
        return step.platform();
    }

    @Override
    public String getPart() {
        return step.routePart();
    }

    @Override
    public String getOperation() {
        return step.operation().verb();
    }

    @Override
    public Lane getLane() {
        return StepPermits.lane(step);
    }

    public String getCorrelationId() {
        return step.incidentId();
    }

    /** Puts the step before a route: as JSON in the body, and in properties, by which YAML reads it without reflection. */
    public void enter(Exchange exchange) {
        exchange.setProperty(RUN, this);
        exchange.setProperty("route", route);
        exchange.setProperty(VIEW, view);
        exchange.getIn().removeHeaders("*");
        exchange.getIn().setBody(view);
    }

    @Override
    public Duration left() {
        return Duration.ofNanos(startBefore - System.nanoTime());
    }
}
