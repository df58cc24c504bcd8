package io.xtribe.fusionhub.upkeep;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.StoreUnavailableException;

/** Checks that every incident of an opened priority is paged in time, and reports those that are not. */
@Singleton
@Named("pageWatch")
public class PageWatch {

    private static final Logger LOG = Logger.getLogger(PageWatch.class);

    private final IncidentIndex index;
    private final IncidentStore store;
    private final FusionConfig config;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    public PageWatch(IncidentIndex index, IncidentStore store, FusionConfig config, MeterRegistry metrics) {
        this.index = index;
        this.store = store;
        this.config = config;
        Gauge.builder("fusion.unpaged.incidents", this, watch -> watch.unpaged().size())
                .description("Incidents of an opened priority that nobody was paged for in time")
                .register(metrics);
    }

    /**
     * As the index has it: incidents that should have been paged by now and are not, the oldest first. The time is counted
     * from when this hub first saw the incident, by its monotonic clock, since the hub that took it in may have another time.
     * One whose page is withheld, by an operator or by the job backfill, is none of them, nor is one that the storm brake holds: of those
     * one page tells.
     */
    public List<IncidentIndex.Row> unpaged() {
        if (config.mode() == FusionConfig.Mode.OBSERVE || !config.platforms().contains(config.pagingPlatform())) {
            return List.of();
        }
        var now = System.nanoTime();
        var deadline = config.pageDeadline().toNanos();
        return index.rows().stream()
                .filter(row -> row.pagedAt() == null
                        && !row.isHeld()
                        && !row.withheld().contains(config.pagingPlatform())
                        && row.status() != Status.RESOLVED
                        && config.priorities().contains(row.priority().name())
                        && now - row.firstSeenAt() > deadline)
                .sorted(Comparator.comparing(IncidentIndex.Row::receivedAt))
                .toList();
    }

    /** Reports each such incident once. */
    public void look() {
        refresh(unpaged());
        var unpaged = unpaged();
        reported.retainAll(unpaged.stream().map(IncidentIndex.Row::id).toList());
        for (var row : unpaged) {
            if (reported.add(row.id())) {
                LOG.errorf(
                        "NOT PAGED: %s %s '%s', received %s; see /api/incidents/%s",
                        row.priority(), row.id(), row.title(), row.receivedAt(), row.id());
            }
        }
    }

    /**
     * Checks the store before an incident is reported, since the index may lag by many seconds after a restart of NATS, and
     * false alarms would soon be ignored. While NATS is away the index decides: no incident is paged then.
     */
    private void refresh(List<IncidentIndex.Row> suspects) {
        try {
            suspects.stream().filter(row -> !reported.contains(row.id())).forEach(row -> store.find(row.id())
                    .ifPresent(found -> index.refresh(found.incident())));
        } catch (StoreUnavailableException e) {
            LOG.debug("Cannot ask the store", e);
        }
    }
}
