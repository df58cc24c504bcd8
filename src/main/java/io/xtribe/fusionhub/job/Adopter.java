package io.xtribe.fusionhub.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Adoption;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.incident.Timeline.Line;
import io.xtribe.fusionhub.job.Finding.State;
import io.xtribe.fusionhub.job.Reconciliation.Told;
import io.xtribe.fusionhub.platform.PlatformProfile;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkSet;

/** Makes incidents of what a job has found, once somebody has agreed, and has the hubs open and link what is missing. */
@Singleton
class Adopter {

    private final IncidentStore store;
    private final ReferenceStore references;
    private final WorkSet work;
    private final Timeline timeline;
    private final Platforms platforms;
    private final Repairs repairs;
    private final String pagingPlatform;

    Adopter(
            IncidentStore store,
            ReferenceStore references,
            WorkSet work,
            Timeline timeline,
            Platforms platforms,
            Repairs repairs,
            FusionConfig config) {
        this.store = store;
        this.references = references;
        this.work = work;
        this.timeline = timeline;
        this.platforms = platforms;
        this.repairs = repairs;
        this.pagingPlatform = config.pagingPlatform();
    }

    /** Does it for each group, or says what it would do. */
    void adopt(JobRun run, List<List<Candidate>> groups, boolean again) throws InterruptedException {
        var plans = groups.stream().map(group -> plan(run, group, again)).toList();
        if (run.request().dryRun()) {
            plans.forEach(plan -> run.found(plan.row(State.WOULD)));
            return;
        }
        if (plans.isEmpty() || !again && !isAgreed(run, plans)) {
            return;
        }
        var told = new ArrayList<Told>();
        for (var plan : plans) {
            create(run, plan);
            told.add(new Told(0, plan.row(State.DONE)));
        }
        repairs.await(run, told);
    }

    /** What would be stored for a group. */
    private record Plan(Incident incident, List<Candidate> group, String opens) {
        Finding row(State state) {
            var has = group.stream().map(Candidate::words).collect(Collectors.joining(", "));
            return BackfillJob.row(
                    incident.id(),
                    group,
                    incident.priority() + " '" + incident.title() + "': has " + has
                            + (opens.isEmpty() ? "" : "; opens " + opens),
                    state);
        }
    }

    private Plan plan(JobRun run, List<Candidate> group, boolean again) {
        var signals = group.stream().map(Candidate::signal).toList();
        var now = Instant.now();
        var incident =
                again ? Adoption.again(Pointers.key(group).orElseThrow(), signals, now) : Adoption.of(signals, now);
        var opens = new ArrayList<String>();
        for (var profile : platforms.profiles()) {
            for (var part : profile.parts()) {
                if (incident.part(profile.name(), part).isOpened()) {
                    continue;
                }
                if (profile.name().equals(pagingPlatform) && !run.request().has("page")) {
                    incident = Adoption.withheld(incident, profile.name(), part);
                    continue;
                }
                if (again) {
                    incident = Adoption.lookedFor(
                            incident, profile.name(), part, platforms.target(profile.name(), incident));
                }
                opens.add(profile.name() + " " + part);
            }
        }
        return new Plan(isPaged(incident) ? incident.pagedAt(now) : incident, group, String.join(", ", opens));
    }

    private boolean isPaged(Incident incident) {
        return platforms.profiles().stream()
                .filter(profile -> profile.name().equals(pagingPlatform))
                .map(PlatformProfile::primaryPart)
                .anyMatch(part -> incident.part(pagingPlatform, part).isOpened());
    }

    private static boolean isAgreed(JobRun run, List<Plan> plans) {
        if (run.request().has("yes")) {
            return true;
        }
        var console = System.console();
        if (console == null) {
            throw new JobFailure(
                    JobOutcome.USAGE, "there is no terminal to ask on: give --yes, or --dry-run to see the plan");
        }
        plans.forEach(plan -> run.progress().say(plan.row(State.WOULD).text()));
        if (console.readLine("Make these %d incidents? [y/N] ", plans.size())
                .strip()
                .equalsIgnoreCase("y")) {
            return true;
        }
        plans.forEach(plan -> run.found(plan.row(State.LEFT)));
        return false;
    }

    private void create(JobRun run, Plan plan) {
        var incident = plan.incident();
        for (var one : plan.group()) {
            var record = one.signal().record();
            if (record != null) {
                references.claim(one.platform(), record.part(), record.id(), incident.id());
            }
        }
        if (store.create(incident).isEmpty()) {
            // The hub was faster: what it has made of it is newer.
            run.count("known-meanwhile", 1);
            return;
        }
        timeline.note(
                incident.id(),
                Line.decision(
                        Rule.JOB,
                        "",
                        "",
                        run.request().job() + " by " + run.request().by() + " (job " + run.id() + "): "
                                + plan.row(State.DONE).text()));
        work.mark(incident.id(), WorkLane.FOLLOW_UP);
    }
}
