package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.ChangeRules;
import io.xtribe.fusionhub.incident.CommentTexts;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.work.Lease;
import io.xtribe.fusionhub.work.WorkEntry;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkMarks;

/**
 * What plans and takes steps, on stores that are given: with those in memory nothing is stored, counted or logged as if it had happened.
 * Holds, permits and attempts are its own.
 */
public final class ConvergeRehearsal {

    private static final String HUB = "explain";

    private final Duration lease;
    private final AttemptMaker attempts;
    private final PassPlanner planner;
    private final StepRunner runner;

    /**
     * A rehearsal.
     *
     * @param availability that lets every call go out
     * @param opened which priorities are opened
     * @param lease how long after an attempt its call may still be under way
     * @param recheck how long after a second create its predecessor is looked for once more
     */
    public ConvergeRehearsal(
            IncidentStore store,
            ReferenceStore references,
            Timeline timeline,
            CommentTexts texts,
            WorkMarks marks,
            Platforms platforms,
            Availability availability,
            ChangeRules changeRules,
            String pagingPlatform,
            Set<Priority> opened,
            Duration lease,
            Duration recheck) {
        this.lease = lease;
        var permits = new StepPermits(availability);
        var holds = new Holds();
        var clock = new AttemptClock(lease.plus(recheck));
        var metrics = new ConvergeMetrics(new SimpleMeterRegistry(), (platform, word) -> {});
        attempts = new AttemptMaker(platforms, clock, permits, HUB, lease);
        planner = new PassPlanner(store, platforms, permits, clock, attempts, holds, false);
        var steps = new Steps(
                store,
                references,
                timeline,
                new CommentNotes(texts, platforms),
                platforms,
                clock,
                attempts,
                metrics,
                pagingPlatform,
                opened,
                recheck,
                changeRules);
        var backOff = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(1));
        runner = new StepRunner(
                steps, new StepFailures(steps, availability, metrics, holds, backOff), permits, availability, marks);
    }

    /** What is done about changes by people, where these platforms take part. */
    public static ChangeRules changeRules(FusionConfig config, Platforms platforms) {
        return ConvergeBeans.rules(config, platforms);
    }

    /** Writes the attempts of a new incident. */
    public AttemptMaker attempts() {
        return attempts;
    }

    /** Carries a step through its route. */
    public StepRunner runner() {
        return runner;
    }

    /** Begins a pass over an incident. */
    public Pass begin(String id) {
        return new Pass(
                new Lease(id, new WorkEntry(0, 0, HUB, lease.toMillis(), HUB, WorkLane.TRIGGER), 0, System.nanoTime()));
    }

    /** What the pass has to do next; empty when it can do nothing more. */
    public List<Step> plan(Pass pass) {
        return planner.plan(pass, any -> true, () -> true).steps();
    }

    /** What is missing of an incident still. */
    public Plan left(Incident incident) {
        return planner.planOf(incident);
    }
}
