package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Outcome;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.availability.Availability;

/** Tells the record how a step failed, and the pass whether and when to try again. */
public final class StepFailures {

    /** So many creates in a row without an answer; from then on it may be the text. */
    private static final int TRIES_OF_CREATE = 4;
    /** So many tries of a piece of work in a row without an answer; with the default back-off one minute, longer where it is looked for. */
    private static final int TRIES_OF_WORK = 7;

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

    /**
     * Whether the platform's probe must tell how far a failure reaches: a denial, or the last of several in a row for one piece of work, which
     * cannot be told from an outage otherwise.
     */
    public boolean mustAsk(Step step, PlatformException failure) {
        if (failure.isDenied()) {
            return true;
        }
        return switch (step.operation()) {
            case OPEN -> isWithoutAnswer(failure) && isOwnTextDoubted(step);
            case COMMENT, UPDATE, LINK, READ, CLOSE ->
                step.task() != null && isWithoutAnswer(failure) && tries(step) >= TRIES_OF_WORK;
            // What may have been created is looked for until it is known.
            case FIND -> false;
        };
    }

    /** Which try in a row of its work this is, at least 1. */
    private static int tries(Step step) {
        return step.state().failures(step.task()) + 1;
    }

    private static boolean isOwnTextDoubted(Step step) {
        return !step.state().plain() && step.state().unanswered() + 1 >= TRIES_OF_CREATE;
    }

    /** The platform was called, and neither did what it was to do nor refused it. */
    private static boolean isWithoutAnswer(PlatformException failure) {
        return failure.kind() == Kind.UNKNOWN_OUTCOME || isSurelyUndone(failure);
    }

    private static boolean isSurelyUndone(PlatformException failure) {
        return failure.kind() == Kind.WILL_HEAL || failure.isThrottled();
    }

    /** Records a failure. */
    public void failed(Pass pass, Step step, PlatformException failure) {
        count(step, failure);
        conclude(pass, step, failure);
    }

    private void conclude(Pass pass, Step step, PlatformException failure) {
        if (isRefusedTitle(step, failure)) {
            rejected(pass, step, failure);
            return;
        }
        switch (failure.kind()) {
            case UNKNOWN_OUTCOME -> unknown(pass, step, failure);
            case WILL_HEAL, THROTTLED, NOT_STARTED, DENIED -> later(pass, step, failure);
            case ACCOUNT -> paused(pass, step, failure);
            case ALREADY -> already(pass, step, failure);
            // A route does without what is optional; what is left is needed.
            case FEATURE_OFF, REJECTED -> rejected(pass, step, failure);
            case OBSERVED -> steps.note(step, Rule.OBSERVE, failure.getMessage());
        }
    }

    /**
     * Records a failure after which the platform's probe was asked; how far this one reaches depends on that where {@link #mustAsk} says so.
     *
     * @param isAccepted whether the probe was answered after the failure, which is this step's own then; if it could not be
     *     asked, the step is done again
     * @return the step that must follow at once, if any
     */
    public Optional<Step> judged(Pass pass, Step step, PlatformException failure, boolean isAccepted) {
        if (!mustAsk(step, failure)) {
            failed(pass, step, failure);
            return Optional.empty();
        }
        count(step, failure);
        if (isAccepted && step.operation() == Operation.OPEN && !step.state().plain() && !failure.isRefusal()) {
            return plainly(pass, step, failure);
        }
        if (isAccepted && failure.isDenied()) {
            rejected(pass, step, failure);
        } else if (isAccepted && step.task() != null) {
            refused(step, failure, true);
        } else if (failure.isDenied() && availability.of(step.platform()).isPaused()) {
            paused(pass, step, failure);
        } else if (failure.isDenied()) {
            later(pass, step, failure);
        } else {
            if (step.task() != null) {
                steps.conclude(step, new Outcome.Away());
            }
            conclude(pass, step, failure);
        }
        return Optional.empty();
    }

    /** One that may have been made is looked for before, and the one after it is the plain one. */
    private Optional<Step> plainly(Pass pass, Step step, PlatformException failure) {
        if (failure.kind() != Kind.UNKNOWN_OUTCOME) {
            return steps.plainly(step, failure.getMessage());
        }
        steps.conclude(step, new Outcome.Doubted(failure.getMessage(), null));
        failed(pass, step, failure, false);
        return Optional.empty();
    }

    /** A filter may answer a text with a page of its own, or lead to one: the same title would be answered so for ever. */
    private static boolean isRefusedTitle(Step step, PlatformException failure) {
        return step.desired().title() != null && (failure.isTurnedAway() || failure.isPage());
    }

    private void count(Step step, PlatformException failure) {
        metrics.step(step, failure.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private void unknown(Pass pass, Step step, PlatformException failure) {
        steps.conclude(
                step,
                new Outcome.Unknown(failure.getMessage(), steps.lasting(step).toMillis(), Instant.now()));
        // A create is looked for at once; anything else had better wait.
        failed(pass, step, failure, step.operation() != Operation.OPEN);
    }

    private void later(Pass pass, Step step, PlatformException failure) {
        steps.conclude(
                step,
                new Outcome.Undone(
                        step.description() + " not now: " + failure.getMessage(),
                        isSurelyUndone(failure) ? Instant.now() : null));
        failed(pass, step, failure, true);
    }

    private void failed(Pass pass, Step step, PlatformException failure, boolean hold) {
        metrics.retried(step);
        var asked = failure.retryAfter().orElse(Duration.ZERO);
        if (step.task() != null) {
            // It waits by itself: what else is to be done there, such as resolving it, does not.
            var own = backOff.after(tries(step));
            holds.hold(
                    step.incidentId(),
                    Holds.of(step.platform(), step.part(), step.work()),
                    asked.compareTo(own) > 0 ? asked : own);
        } else {
            if (hold) {
                holds.hold(step.incidentId(), step.platform(), backOff.after(pass.tries()));
            }
            pass.failed(asked);
        }
        failure.retryAfter().ifPresent(wait -> availability
                .of(step.platform())
                .hold(
                        step.incidentId(),
                        StepPermits.kind(step.operation().verb(), step.routePart()),
                        wait,
                        failure.isThrottled(),
                        failure.getMessage()));
    }

    private void paused(Pass pass, Step step, PlatformException failure) {
        availability.of(step.platform()).pause(failure.getMessage());
        steps.conclude(step, new Outcome.Undone(step.platform() + " is paused: " + failure.getMessage()));
        metrics.retried(step);
        pass.failed(Duration.ZERO);
    }

    /** Nothing had to be done: a create has an open record with our key, which is found and adopted. */
    private void already(Pass pass, Step step, PlatformException failure) {
        switch (step.operation()) {
            case OPEN -> unknown(pass, step, failure);
            case READ, FIND -> rejected(pass, step, failure);
            case UPDATE, LINK, COMMENT, CLOSE -> steps.conclude(step, new Outcome.Already(failure.getMessage()));
        }
    }

    private void rejected(Pass pass, Step step, PlatformException failure) {
        if (step.operation() == Operation.FIND) {
            // Without a find nobody may create again, so it is never given up.
            later(pass, step, failure);
            return;
        }
        refused(step, failure, false);
    }

    private void refused(Step step, PlatformException failure, boolean isSilent) {
        LOG.errorf(
                "%s for %s was refused, and is not tried again before its cause may be mended: %s",
                step.description(), step.incidentId(), failure.getMessage());
        steps.conclude(
                step,
                new Outcome.Refused(
                        failure.status(),
                        failure.getMessage(),
                        Instant.now(),
                        steps.configuration(step.platform()),
                        failure.kind() == Kind.UNKNOWN_OUTCOME
                                ? steps.lasting(step).toMillis()
                                : 0,
                        isSilent));
    }
}
