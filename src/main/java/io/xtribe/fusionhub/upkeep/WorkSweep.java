package io.xtribe.fusionhub.upkeep;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.converge.AttemptClock;
import io.xtribe.fusionhub.converge.ConvergeMetrics;
import io.xtribe.fusionhub.converge.Holds;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkSet;

/** Finds incidents that are not settled and have no work entry, and enters them. Normally there are none. */
@Singleton
@Named("workSweep")
public class WorkSweep {

    private static final Logger LOG = Logger.getLogger(WorkSweep.class);
    /** A record is stored a moment before its work entry; this time is far longer. */
    private static final Duration SURELY_LOST = Duration.ofSeconds(20);

    private final IncidentIndex index;
    private final IncidentStore store;
    private final WorkSet work;
    private final ConvergeMetrics metrics;
    private final AttemptClock clock;
    private final Holds holds;

    public WorkSweep(
            IncidentIndex index,
            IncidentStore store,
            WorkSet work,
            ConvergeMetrics metrics,
            AttemptClock clock,
            Holds holds) {
        this.index = index;
        this.store = store;
        this.work = work;
        this.metrics = metrics;
        this.clock = clock;
        this.holds = holds;
    }

    public void sweep() {
        clock.prune();
        holds.prune();
        var suspects = index.rows().stream()
                .filter(row -> !row.settled() && System.nanoTime() - row.seenAt() > SURELY_LOST.toNanos())
                .map(IncidentIndex.Row::id)
                .toList();
        if (suspects.isEmpty()) {
            return;
        }
        var entered = new HashSet<>(work.ids());
        for (var id : suspects) {
            if (!entered.contains(id)) {
                lost(id).ifPresent(this::repair);
            }
        }
    }

    private void repair(Incident incident) {
        LOG.warnf("Incident %s was not settled and had no work entry, which is added now", incident.id());
        work.mark(incident.id(), WorkLane.of(incident));
        metrics.repaired();
    }

    /** Read from the store: after a restart of NATS the watch may lag by many seconds, and the index with it. */
    private Optional<Incident> lost(String id) {
        var current = store.find(id).map(found -> found.incident());
        current.ifPresent(index::refresh);
        return current.filter(incident -> !incident.isSettled())
                .filter(incident -> work.waitFor(id).isEmpty());
    }
}
