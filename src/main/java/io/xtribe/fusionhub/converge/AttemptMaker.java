package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.xtribe.fusionhub.incident.Attempt;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Outcome;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Recheck;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.Platforms;

/** Writes attempts into a record before the calls are made, so that no crash can hide that they may have happened. */
public final class AttemptMaker {

    private final Platforms platforms;
    private final AttemptClock clock;
    private final StepPermits permits;
    private final String hub;
    private final Duration deadline;

    /**
     * A maker of attempts.
     *
     * @param permits which creates of a new incident may be made at once
     * @param deadline how long after an attempt its call may still be under way: the lease
     */
    public AttemptMaker(Platforms platforms, AttemptClock clock, StepPermits permits, String hub, Duration deadline) {
        this.platforms = platforms;
        this.clock = clock;
        this.permits = permits;
        this.hub = hub;
        this.deadline = deadline;
    }

    /** A new incident with the creates it needs and that may be made at once; the others wait for their permits. */
    public Incident forTrigger(Incident newIncident) {
        if (newIncident.unconfirmed()) {
            return newIncident;
        }
        var next = newIncident;
        for (var profile : platforms.profiles()) {
            for (var part : profile.parts()) {
                if (!next.part(profile.name(), part).isOpened()
                        && permits.take(Step.of(next, profile.name(), part, Operation.OPEN))) {
                    next = opening(next, profile.name(), part);
                }
            }
        }
        return next;
    }

    /** The record with the attempts that these steps need. */
    Incident forSteps(Incident incident, List<Step> steps) {
        var next = incident;
        for (var step : steps) {
            next = forStep(next, step);
        }
        return next;
    }

    /**
     * A create that follows one of unknown outcome: its predecessor may still turn up. A key that is unique among open
     * records keeps it out only for as long as our own record is open.
     */
    Outcome.NothingFound again(Step step, Duration recheck) {
        var later = new Recheck(UUID.randomUUID().toString(), recheck.toMillis());
        return new Outcome.NothingFound(anew(step), later);
    }

    /** A create that follows at once one that was not made. */
    Attempt anew(Step step) {
        return attempt(platforms.target(step.platform(), step.incident()));
    }

    /** The record without the attempts of this process that have not begun: nobody needs to wait for them. */
    Incident withdrawn(Incident incident) {
        var next = incident;
        for (var platform : incident.platforms().entrySet()) {
            for (var part : platform.getValue().entrySet()) {
                var attempt = part.getValue().attempt();
                var linking = part.getValue().linking();
                var updating = part.getValue().updating();
                var commenting = part.getValue().commenting();
                if (attempt != null && clock.withdraw(attempt)) {
                    next = next.withPart(platform.getKey(), part.getKey(), Part::notCreated);
                }
                if (updating != null && clock.withdraw(updating)) {
                    next = next.withPart(platform.getKey(), part.getKey(), current -> current.updating(null));
                }
                if (linking != null && clock.withdraw(linking)) {
                    // What was written before it, with an unknown outcome, must still be read before the next writing.
                    var left = clock.followsUnknown(linking) ? linking.asUncertain() : null;
                    next = next.withPart(platform.getKey(), part.getKey(), current -> current.linking(left));
                }
                if (commenting != null && clock.withdraw(commenting)) {
                    var left = clock.followsUnknown(commenting) ? commenting.asUncertain() : null;
                    next = next.withPart(platform.getKey(), part.getKey(), current -> current.commenting(left));
                }
            }
        }
        return next;
    }

    private Incident forStep(Incident incident, Step step) {
        var part = incident.part(step.platform(), step.part());
        return switch (step.operation()) {
            case OPEN ->
                part.attempt() == null || isToBeReplaced(part.attempt())
                        ? opening(incident, step.platform(), step.part())
                        : incident;
            case LINK ->
                part.linking() == null || isOver(part.linking()) || isToBeReplaced(part.linking())
                        ? linking(incident, step)
                        : incident;
            case UPDATE ->
                part.updating() == null || isOver(part.updating()) || isToBeReplaced(part.updating())
                        ? updating(incident, step)
                        : incident;
            case COMMENT ->
                part.commenting() == null || isOver(part.commenting()) || isToBeReplaced(part.commenting())
                        ? commenting(incident, step)
                        : incident;
            case READ, FIND, CLOSE -> incident;
        };
    }

    /** One that is over without an answer, as when its hub died, may have its effect after this one: it is read then. */
    private Incident updating(Incident incident, Step step) {
        var next = attempt(Part.sent(step.state().known(), step.desired()));
        var settle = platforms.profiles().stream()
                .filter(profile -> profile.name().equals(step.platform()))
                .findFirst()
                .orElseThrow()
                .settle();
        return incident.withPart(step.platform(), step.part(), current -> {
            var before = current.updating();
            var isOver = before != null && isOver(before);
            return (isOver ? current.rereadAfter(step.recordName(), before, settle.toMillis()) : current)
                    .updating(next);
        });
    }

    /** Stale, and no branch of this process that still holds it will begin with it. */
    private boolean isToBeReplaced(Attempt attempt) {
        return clock.isStale(attempt) && clock.withdraw(attempt);
    }

    private boolean isOver(Attempt attempt) {
        return clock.judge(attempt) == AttemptClock.Judgement.OVER;
    }

    private Incident linking(Incident incident, Step step) {
        var next = attempt(Map.of());
        if (step.afterUnknown()) {
            clock.followUnknown(next);
        }
        return incident.withPart(step.platform(), step.part(), current -> current.linking(next));
    }

    private Incident commenting(Incident incident, Step step) {
        var next = attempt(Map.of(Part.COMMENT, step.comment().key()));
        if (step.afterUnknown()) {
            clock.followUnknown(next);
        }
        return incident.withPart(step.platform(), step.part(), current -> current.commenting(next));
    }

    private Incident opening(Incident incident, String platform, String part) {
        var target = platforms.target(platform, incident);
        return incident.withPart(platform, part, (Part current) -> current.attempting(attempt(target)));
    }

    private Attempt attempt(Map<String, String> target) {
        var attempt = new Attempt(UUID.randomUUID().toString(), target, deadline.toMillis(), hub, Instant.now(), false);
        clock.own(attempt);
        return attempt;
    }
}
