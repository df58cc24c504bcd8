package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;

import io.xtribe.fusionhub.converge.AttemptClock;
import io.xtribe.fusionhub.converge.Plan;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.incident.Timeline.Line;
import io.xtribe.fusionhub.job.Finding.State;
import io.xtribe.fusionhub.platform.PlatformProfile;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkSet;

/**
 * The job {@code converge}: marks one incident as work, so that a hub takes it up at once, and waits until nothing is left to do for it;
 * with {@code --platform} only until it stands there.
 */
@Singleton
@Named("convergeJob")
public class ConvergeJob {

    private final IncidentStore store;
    private final WorkSet work;
    private final Timeline timeline;
    private final Platforms platforms;
    private final AttemptClock clock;
    private final Hubs hubs;

    public ConvergeJob(
            IncidentStore store, WorkSet work, Timeline timeline, Platforms platforms, AttemptClock clock, Hubs hubs) {
        this.store = store;
        this.work = work;
        this.timeline = timeline;
        this.platforms = platforms;
        this.clock = clock;
        this.hubs = hubs;
    }

    /** Marks the incident; in a dry run only says what is missing. */
    public void ask(@Body JobRun run) {
        var incident = incident(run);
        run.progress().begin("converge " + incident.id(), 0);
        if (run.request().dryRun()) {
            missing(run, incident, State.WOULD);
            return;
        }
        hubs.require();
        var marked = store.change(incident.id(), current -> current.toConverge().incident())
                .incident();
        timeline.note(
                marked.id(),
                Line.decision(
                        Rule.JOB,
                        "",
                        "",
                        "converge by " + run.request().by() + " (job " + run.id() + "): marked as work"));
        work.mark(marked.id(), WorkLane.of(marked));
    }

    /** Whether it is worth waiting for more. */
    public boolean isUnderWay(@Body JobRun run) {
        if (run.request().dryRun() || isDone(run, incident(run))) {
            return false;
        }
        var longest =
                Duration.ofSeconds(Long.parseLong(run.request().option("wait").orElse("120")));
        return run.elapsed().compareTo(longest) < 0;
    }

    /** What stands now, and what does not. */
    public void tell(@Body JobRun run) {
        var incident = incident(run);
        run.result(records(run, incident));
        if (!run.request().dryRun()) {
            missing(run, incident, State.LEFT);
            if (run.outcome() == JobOutcome.DONE && !isDone(run, incident)) {
                throw new JobFailure(
                        JobOutcome.LATER, "it is still under way: a platform may be away, /api/platforms tells");
            }
        }
    }

    private Incident incident(JobRun run) {
        var id = run.request().option("incident").orElseThrow();
        return store.find(id)
                .orElseThrow(() -> new JobFailure(JobOutcome.USAGE, "there is no incident " + id))
                .incident();
    }

    private boolean isDone(JobRun run, Incident incident) {
        return incident.isSettled()
                || !run.request().platform().isEmpty()
                        && covered(run).stream().allMatch(profile -> profile.parts().stream()
                                .allMatch(part ->
                                        incident.part(profile.name(), part).isOpened()));
    }

    /** Rows for what a hub has not brought about. */
    private void missing(JobRun run, Incident incident, State state) {
        Plan.see(incident, platforms.profiles(), clock);
        var steps = Plan.of(incident, platforms.profiles(), clock, platform -> Duration.ZERO).steps().stream()
                .filter(step -> run.request().covers(step.platform()))
                .map(step -> row(incident, step.platform(), "step", step.description(), state, ""))
                .toList();
        var rows = new ArrayList<>(steps);
        covered(run).forEach(profile -> profile.parts().forEach(part -> incident.part(profile.name(), part)
                .rejectionsOf(incident.generation())
                .forEach(refusal -> rows.add(row(
                        incident,
                        profile.name(),
                        "refused",
                        refusal.operation() + " " + part + ": " + refusal.words(),
                        state,
                        "correct what the platform refuses, then POST /api/incidents/" + incident.id() + "/retry")))));
        rows.forEach(run::found);
    }

    private List<PlatformProfile> covered(JobRun run) {
        return platforms.profiles().stream()
                .filter(profile -> run.request().covers(profile.name()))
                .toList();
    }

    private ObjectNode records(JobRun run, Incident incident) {
        var node = IncidentJson.mapper().createObjectNode();
        node.put("id", incident.id()).put("status", incident.status().toString());
        node.put("priority", incident.priority().toString());
        var records = node.putObject("records");
        covered(run).forEach(profile -> profile.parts().forEach(part -> {
            var reference = incident.part(profile.name(), part).reference();
            if (reference != null) {
                records.putObject(profile.name() + "." + part)
                        .put("number", reference.number())
                        .put("url", reference.url());
            }
        }));
        return node;
    }

    private static Finding row(
            Incident incident, String platform, String kind, String text, State state, String remedy) {
        return new Finding(incident.id(), platform, kind, text, state, remedy);
    }
}
