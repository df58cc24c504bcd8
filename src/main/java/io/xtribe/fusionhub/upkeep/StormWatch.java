package io.xtribe.fusionhub.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.converge.AttemptMaker;
import io.xtribe.fusionhub.incident.Change;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.StormPage;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.incident.Timeline.Line;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Row;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkQueue;
import io.xtribe.fusionhub.work.WorkSet;

/**
 * Tells people of what the storm brake holds: one incident of the hub's own for each source, as long as incidents of it are held. What is
 * to be done follows from the records alone, so that any hub may do it at any time, and begin again where another one has died.
 */
@Singleton
@Named("stormWatch")
public class StormWatch {

    private static final Logger LOG = Logger.getLogger(StormWatch.class);
    /** How long a title stands before it is brought up to date. */
    private static final Duration TITLE_STANDS = Duration.ofMinutes(1);

    private final IncidentIndex index;
    private final IncidentStore store;
    private final ReferenceStore references;
    private final AttemptMaker attempts;
    private final WorkSet work;
    private final WorkQueue queue;
    private final Timeline timeline;
    private final int limit;
    private final String url;

    public StormWatch(
            IncidentIndex index,
            IncidentStore store,
            ReferenceStore references,
            AttemptMaker attempts,
            WorkSet work,
            WorkQueue queue,
            Timeline timeline,
            FusionConfig config,
            MeterRegistry metrics) {
        this.index = index;
        this.store = store;
        this.references = references;
        this.attempts = attempts;
        this.work = work;
        this.queue = queue;
        this.timeline = timeline;
        this.limit = config.triggers().perMinute();
        this.url = config.publicUrl().orElse("").replaceAll("/+$", "");
        config.platforms().forEach(source -> Gauge.builder("fusion.triggers.held", this, watch -> watch.held(source))
                .description("New incidents that the storm brake holds until an operator releases or discards them")
                .tag("source", source)
                .register(metrics));
    }

    private long held(String source) {
        return index.rows().stream()
                .filter(row -> row.isHeld() && row.origin().equals(source))
                .count();
    }

    /** Opens, counts and resolves what tells of held incidents. Does nothing before all incidents are known. */
    public void look() {
        if (!index.isComplete()) {
            return;
        }
        var held = new HashMap<String, List<Row>>();
        var pages = new HashMap<String, Row>();
        for (var row : index.rows()) {
            if (row.isHeld()) {
                held.computeIfAbsent(row.origin(), any -> new ArrayList<>()).add(row);
            } else if (row.origin().equals(StormPage.ORIGIN) && row.status() != Status.RESOLVED) {
                pages.put(row.id(), row);
            }
        }
        held.forEach(this::tell);
        pages.values().forEach(row -> endWhereNoneIsHeld(row, held));
    }

    private void tell(String source, List<Row> rows) {
        var told = new StormPage.Told(source, rows.size(), limit, url);
        var id = references.find(source, StormPage.REFERENCE, source).orElseGet(() -> claim(source));
        var found = store.find(id).map(IncidentStore.Versioned::incident);
        if (found.isEmpty()) {
            open(id, told);
        } else if (found.get().status() == Status.RESOLVED) {
            // Whoever resolved it knew of what was held then.
            if (isAnyHeldAfter(rows, id)) {
                references.release(source, StormPage.REFERENCE, source, id);
                open(claim(source), told);
            }
        } else if (hasStoodForLong(id)) {
            change(id, incident -> StormPage.counted(incident, told));
        }
    }

    /** The hubs agree by who claims first. */
    private String claim(String source) {
        var id = StormPage.newId(source, UUID.randomUUID().toString());
        return references.claim(source, StormPage.REFERENCE, source, id);
    }

    private void open(String id, StormPage.Told told) {
        var incident = attempts.forTrigger(StormPage.open(id, told, Instant.now()));
        if (store.create(incident).isEmpty()) {
            return;
        }
        // Should this hub die here, the sweep finds it.
        work.enterTrigger(id, WorkLane.P1_TRIGGER).ifPresent(queue::enter);
        LOG.warnf("Storm brake: incidents of %s are held, which incident %s tells of", told.source(), id);
        timeline.note(
                id,
                Line.decision(
                        Rule.STORM_BRAKE, "", "", "opened: " + told.held() + " of " + told.source() + " are held"));
    }

    private boolean isAnyHeldAfter(List<Row> rows, String id) {
        return index.find(id)
                .map(Row::changedAt)
                .filter(resolved ->
                        rows.stream().anyMatch(row -> row.heldSince().isAfter(resolved)))
                .isPresent();
    }

    /** Whoever has changed it: each change of a title is written to all platforms. */
    private boolean hasStoodForLong(String id) {
        return index.find(id)
                .filter(row -> System.nanoTime() - row.seenAt() > TITLE_STANDS.toNanos())
                .isPresent();
    }

    private void endWhereNoneIsHeld(Row row, Map<String, List<Row>> held) {
        source(row.id()).filter(source -> !held.containsKey(source)).ifPresent(source -> {
            change(row.id(), StormPage::over);
            references.release(source, StormPage.REFERENCE, source, row.id());
        });
    }

    private Optional<String> source(String id) {
        return store.find(id).map(found -> StormPage.sourceOf(found.incident())).filter(source -> !source.isEmpty());
    }

    private void change(String id, Function<Incident, Change> change) {
        var made = new Change[1];
        var after = store.change(id, incident -> {
                    made[0] = change.apply(incident);
                    return made[0].incident();
                })
                .incident();
        made[0].decided().forEach(note -> timeline.note(id, Line.decision(note.rule(), "", "", note.text())));
        if (!after.isSettled()) {
            var lane = WorkLane.of(after);
            work.mark(id, lane);
            queue.wake(id, lane);
        }
    }
}
