package io.xtribe.fusionhub.converge;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.FusionConfig;
import io.xtribe.fusionhub.incident.Status;

/** Watches that every incident of an opened priority is paged in time: the one failure that must never be quiet. */
@Singleton
@Named("pageWatch")
public class PageWatch {

    private static final Logger LOG = Logger.getLogger(PageWatch.class);

    private final IncidentIndex index;
    private final FusionConfig config;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    public PageWatch(IncidentIndex index, FusionConfig config, MeterRegistry metrics) {
        this.index = index;
        this.config = config;
        metrics.gauge("fusion.unpaged.incidents", this, watch -> watch.unpaged().size());
    }

    /** Incidents that should have been paged by now and are not, the oldest first. */
    public List<IncidentIndex.Row> unpaged() {
        if (config.mode() == FusionConfig.Mode.OBSERVE || !config.platforms().contains(config.pagingPlatform())) {
            return List.of();
        }
        var late = Instant.now().minus(config.pageDeadline());
        return index.rows().stream()
                .filter(row -> row.pagedAt() == null
                        && row.status() != Status.RESOLVED
                        && config.priorities().contains(row.priority().name())
                        && row.receivedAt().isBefore(late))
                .sorted(Comparator.comparing(IncidentIndex.Row::receivedAt))
                .toList();
    }

    /** Reports each such incident once. */
    public void look() {
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
}
