package io.xtribe.fusionhub.upkeep;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.metrics.Counters;

/**
 * Counts what a platform did not tell by a webhook, so that a poll or a job had to find it, and what of it was brought into step
 * again, by whichever hub. In memory: what another process has found is counted there.
 */
@Singleton
@Named("driftWatch")
public class DriftWatch {

    /** Of more it is only counted that they were found. */
    private static final int MOST = 10_000;

    private record Drift(String platform, long generation, long foundAt) {}

    private final IncidentIndex index;
    private final Counters found;
    private final Counters repaired;
    private final Map<String, Drift> open = new ConcurrentHashMap<>();

    @Inject
    DriftWatch(IncidentIndex index, FusionConfig config, MeterRegistry metrics) {
        this(index, config.platforms(), metrics);
    }

    DriftWatch(IncidentIndex index, Collection<String> platforms, MeterRegistry metrics) {
        this.index = index;
        found = new Counters(
                metrics, "fusion.drift.found", "Differences that no webhook has told, but a poll or a job", "platform");
        repaired = new Counters(metrics, "fusion.drift.repaired", "Of those, what is in step again", "platform");
        platforms.forEach(found::of);
        platforms.forEach(repaired::of);
    }

    /** Something was found that leaves this incident with work to do. */
    public void found(String platform, Incident incident) {
        found.of(platform).increment();
        if (open.size() < MOST) {
            open.put(incident.id(), new Drift(platform, incident.generation(), System.nanoTime()));
        }
    }

    /** Looks which of them are settled. */
    public void look() {
        open.forEach((id, drift) -> {
            var row = index.find(id);
            if (row.isEmpty()) {
                open.remove(id, drift);
            } else if (isSettled(row.get(), drift) && open.remove(id, drift)) {
                repaired.of(drift.platform()).increment();
            }
        });
    }

    /** The index may lag: only a state that was seen later tells something of it. */
    private static boolean isSettled(IncidentIndex.Row row, Drift drift) {
        return row.settled() && row.generation() >= drift.generation() && row.seenAt() - drift.foundAt() > 0;
    }
}
