package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;

import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.availability.Availability;

/** Writes into the record what a failed step leaves behind, and tells the pass whether and when to try again. */
public final class StepFailures {

    private static final Logger LOG = Logger.getLogger(StepFailures.class);

    private final Steps steps;
    private final Availability availability;
    private final ConvergeMetrics metrics;
    private final Holds holds;
    private final BackOff backOff;

    public StepFailures(Steps steps, Availability availability, ConvergeMetrics metrics, Holds holds, BackOff backOff) {
        this.steps = steps;
        this.availability = availability;
        this.metrics = metrics;
        this.holds = holds;
        this.backOff = backOff;
    }

    /** Records a failure. */
    public void failed(Pass pass, Step step, PlatformException failure) {
        if (failure.kind() != PlatformException.Kind.FEATURE_OFF) {
            metrics.step(step, failure.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        switch (failure.kind()) {
            case UNKNOWN_OUTCOME -> unknown(pass, step, failure);
            case WILL_HEAL, NOT_STARTED -> later(pass, step, failure);
            case UNAUTHORISED -> paused(pass, step, failure);
            case FORBIDDEN -> forbidden(pass, step, failure);
            case FEATURE_OFF -> steps.withoutFeature(step, failure.getMessage());
            case REJECTED -> rejected(step, failure);
            case OBSERVED -> steps.note(step, failure.getMessage());
        }
    }

    private void unknown(Pass pass, Step step, PlatformException failure) {
        change(step, part -> switch (step.operation()) {
            case OPEN ->
                part.attempt() == null ? part : part.attempting(part.attempt().asUncertain());
            case LINK ->
                part.linking() == null ? part : part.linking(part.linking().asUncertain());
            case READ, FIND, UPDATE, CLOSE -> part;
        });
        steps.note(step, "the outcome of " + done(step) + " is unknown: " + failure.getMessage());
        // A create is looked for at once; anything else had better wait.
        failed(pass, step, failure, step.operation() != Operation.OPEN);
    }

    private void later(Pass pass, Step step, PlatformException failure) {
        change(step, part -> undone(step, part));
        steps.note(step, done(step) + " not now: " + failure.getMessage());
        failed(pass, step, failure, true);
    }

    private void failed(Pass pass, Step step, PlatformException failure, boolean hold) {
        if (hold) {
            holds.hold(step.incidentId(), step.platform(), backOff.after(pass.tries()));
        }
        failure.retryAfter().ifPresent(wait -> availability
                .of(step.platform())
                .hold(
                        StepPermits.kind(step.operation().verb(), step.part()),
                        wait,
                        failure.isThrottled(),
                        failure.getMessage()));
        pass.failed(failure.retryAfter().orElse(Duration.ZERO));
    }

    private void paused(Pass pass, Step step, PlatformException failure) {
        change(step, part -> undone(step, part));
        availability.of(step.platform()).pause(failure.getMessage());
        steps.note(step, step.platform() + " is paused: " + failure.getMessage());
        pass.failed(Duration.ZERO);
    }

    /** Opening and finding use our defaults in the end, so a refusal there is one of our credentials. */
    private void forbidden(Pass pass, Step step, PlatformException failure) {
        if (step.operation() == Operation.OPEN || step.operation() == Operation.FIND) {
            paused(pass, step, failure);
        } else {
            rejected(step, failure);
        }
    }

    private void rejected(Step step, PlatformException failure) {
        LOG.errorf(
                "%s of %s for %s was refused and will not be tried again by itself: %s",
                step.operation().verb(), step.subject(), step.incidentId(), failure.getMessage());
        change(
                step,
                part -> part.rejected(new Rejection(
                        step.operation().verb(),
                        failure.status(),
                        failure.getMessage(),
                        step.incident().generation(),
                        Instant.now())));
        steps.note(step, done(step) + " was refused: " + failure.getMessage());
    }

    private static Part undone(Step step, Part part) {
        return switch (step.operation()) {
            case OPEN -> part.notCreated();
            // Some of its several calls may have been made: what stands is read before the rest is written.
            case LINK ->
                part.linking() == null ? part : part.linking(part.linking().asUncertain());
            case READ, FIND, UPDATE, CLOSE -> part;
        };
    }

    /** Only what this step began is undone: another branch or a webhook may have settled it meanwhile. */
    private void change(Step step, UnaryOperator<Part> change) {
        steps.change(step, incident -> {
            var now = incident.part(step.platform(), step.part());
            var begun = step.state();
            var same =
                    switch (step.operation()) {
                        case OPEN -> Steps.isSame(now.attempt(), begun.attempt());
                        case LINK -> Steps.isSame(now.linking(), begun.linking());
                        case READ, FIND, UPDATE, CLOSE -> true;
                    };
            return same ? Steps.with(incident, step, change) : incident;
        });
    }

    private static String done(Step step) {
        return step.operation().verb() + " of " + step.subject();
    }
}
