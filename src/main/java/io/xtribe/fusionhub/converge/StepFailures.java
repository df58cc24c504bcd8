package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Outcome;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformPause;

/** Tells the record how a step failed, and the pass whether and when to try again. */
public final class StepFailures {

    private static final Logger LOG = Logger.getLogger(StepFailures.class);

    private final Steps steps;
    private final PlatformPause pause;
    private final ConvergeMetrics metrics;
    private final Holds holds;
    private final BackOff backOff;

    public StepFailures(Steps steps, PlatformPause pause, ConvergeMetrics metrics, Holds holds, BackOff backOff) {
        this.steps = steps;
        this.pause = pause;
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
            case FEATURE_OFF -> withoutFeature(step, failure);
            case REJECTED -> rejected(step, failure);
            case OBSERVED -> steps.note(step, failure.getMessage());
        }
    }

    private void unknown(Pass pass, Step step, PlatformException failure) {
        steps.conclude(step, new Outcome.Unknown(failure.getMessage()));
        // A create is looked for at once; anything else had better wait.
        failed(pass, step, failure, step.operation() != Operation.OPEN);
    }

    private void later(Pass pass, Step step, PlatformException failure) {
        steps.conclude(step, new Outcome.Undone(step.description() + " not now: " + failure.getMessage()));
        failed(pass, step, failure, true);
    }

    private void failed(Pass pass, Step step, PlatformException failure, boolean hold) {
        if (hold) {
            holds.holdIncident(step.incidentId(), step.platform(), backOff.after(pass.tries()));
        }
        failure.retryAfter().ifPresent(wait -> holds.holdPlatform(step.platform(), wait));
        pass.failed(failure.retryAfter().orElse(Duration.ZERO));
    }

    private void paused(Pass pass, Step step, PlatformException failure) {
        pause.pause(step.platform(), failure.getMessage());
        steps.conclude(step, new Outcome.Undone(step.platform() + " is paused: " + failure.getMessage()));
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
        steps.conclude(step, new Outcome.Refused(failure.status(), failure.getMessage(), Instant.now()));
    }

    /** A feature that the account does not have: done without, and said once. */
    private void withoutFeature(Step step, PlatformException failure) {
        metrics.step(step, "feature-off");
        steps.conclude(step, new Outcome.DoneWithout(failure.getMessage()));
    }
}
