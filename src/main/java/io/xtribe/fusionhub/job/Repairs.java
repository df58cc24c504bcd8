package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.job.Finding.State;
import io.xtribe.fusionhub.job.Reconciliation.Told;

/** Waits until hubs have done what they were told, incident by incident. */
@Singleton
class Repairs {

    private static final Duration AT_LEAST = Duration.ofSeconds(60);
    /** How fast hubs work such things off at the least. */
    private static final int PER_SECOND = 5;

    private static final long LOOK_EVERY_MILLIS = 100;

    private final IncidentStore store;

    Repairs(IncidentStore store) {
        this.store = store;
    }

    /** Puts a row into the run for each: done, or left with the reason. */
    void await(JobRun run, List<Told> told) throws InterruptedException {
        var open = new ArrayList<>(told);
        run.progress().begin("repaired", told.size());
        var until = System.nanoTime()
                + AT_LEAST.plusSeconds(told.size() / PER_SECOND).toNanos();
        while (!open.isEmpty() && System.nanoTime() < until) {
            var before = open.size();
            open.removeIf(one -> isOver(run, one));
            run.progress().done(before - open.size());
            if (!open.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        }
        open.forEach(
                one -> run.found(left(one.row(), "not done within the time of this job", "run the job again later")));
    }

    private boolean isOver(JobRun run, Told one) {
        var found = store.find(one.row().incident());
        if (found.isEmpty()) {
            run.found(left(one.row(), "the incident is not kept any more", ""));
            return true;
        }
        var incident = found.get().incident();
        if (found.get().revision() == one.revision() || !incident.isSettled()) {
            return false;
        }
        var refused = refused(incident);
        run.found(
                refused.isEmpty()
                        ? one.row().as(State.DONE)
                        : left(
                                one.row(),
                                String.join("; ", refused),
                                "correct what the platform refuses, then POST /api/incidents/" + incident.id()
                                        + "/retry"));
        return true;
    }

    private static List<String> refused(Incident incident) {
        return incident.platforms().entrySet().stream()
                .flatMap(entry -> entry.getValue().values().stream()
                        .flatMap(part -> part.rejectionsOf(incident.generation()).stream())
                        .map(refusal -> entry.getKey() + " refuses " + refusal.operation() + ": " + refusal.words()))
                .toList();
    }

    private static Finding left(Finding row, String why, String remedy) {
        return new Finding(row.incident(), row.platform(), row.kind(), row.text() + ": " + why, State.LEFT, remedy);
    }
}
