package io.xtribe.fusionhub.job;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.converge.RecordReader;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.incident.Timeline.Line;
import io.xtribe.fusionhub.job.Finding.State;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkSet;

/**
 * Looks for the records that no page of their platform has told, one by one. One that is not there may have been deleted, or be hidden
 * by an access rule: a new one is opened only where that is asked for by {@code --recreate}.
 */
@Singleton
class MissingRecords {

    private static final int NOT_FOUND = 404;

    private final RecordReader records;
    private final IncidentStore store;
    private final ReferenceStore references;
    private final WorkSet work;
    private final Timeline timeline;

    MissingRecords(
            RecordReader records, IncidentStore store, ReferenceStore references, WorkSet work, Timeline timeline) {
        this.records = records;
        this.store = store;
        this.references = references;
        this.work = work;
        this.timeline = timeline;
    }

    /** @throws PlatformException when the platform does not say whether one is there */
    void look(Platform platform, JobRun run, Reconciliation comparing) {
        for (var incident : comparing.standing()) {
            for (var part : platform.descriptor().records().parts()) {
                var state = incident.part(platform.name(), part);
                if (state.isOpened()
                        && !comparing.hasMet(
                                platform.name(), part, state.reference().id())) {
                    look(platform, incident, part, state, run, comparing);
                    run.progress().done(1);
                }
            }
        }
    }

    private void look(
            Platform platform, Incident incident, String part, Part state, JobRun run, Reconciliation comparing) {
        run.count("read-one-by-one", 1);
        try {
            records.read(incident, platform.name(), part, state.reference().id());
        } catch (PlatformException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            gone(platform, incident, part, state, run, comparing);
        }
    }

    private void gone(
            Platform platform, Incident incident, String part, Part state, JobRun run, Reconciliation comparing) {
        var text = part + " " + state.reference().number() + " is not there, or may not be seen";
        var row = new Finding(incident.id(), platform.name(), "record", text, State.LEFT, "");
        if (!run.request().has("recreate")) {
            run.found(new Finding(
                    row.incident(),
                    row.platform(),
                    row.kind(),
                    text,
                    State.LEFT,
                    "if it was deleted: run reconcile with --recreate, or detach and open it by the API"));
        } else if (run.request().dryRun()) {
            run.found(row.as(State.WOULD));
        } else {
            recreate(platform.name(), incident, part, state, run);
            comparing.told(row.as(State.DONE));
        }
    }

    private void recreate(String platform, Incident incident, String part, Part state, JobRun run) {
        store.change(
                incident.id(),
                current -> current.part(platform, part).isOpened()
                        ? current.detached(platform, part).incident()
                        : current);
        references.release(platform, part, state.reference().id(), incident.id());
        var next = store.change(incident.id(), current -> current.opening(platform, part)
                        .incident())
                .incident();
        timeline.note(
                incident.id(),
                Line.decision(
                        Rule.JOB,
                        platform,
                        "",
                        "reconcile by " + run.request().by() + " (job " + run.id() + "): its " + part + " "
                                + state.reference().number() + " is not there, another one is opened"));
        work.mark(incident.id(), WorkLane.of(next));
    }
}
