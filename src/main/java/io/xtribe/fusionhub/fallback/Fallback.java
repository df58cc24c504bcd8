package io.xtribe.fusionhub.fallback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.Causes;
import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.incident.Timeline.Line;
import io.xtribe.fusionhub.metrics.Counters;
import io.xtribe.fusionhub.nats.HubId;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Row;
import io.xtribe.fusionhub.upkeep.PageWatch;

/**
 * Has people told in a second way of incidents that nobody was paged for in time, each way once per incident: a hub writes in the record that it
 * does it before it does, and that it has done it afterwards. A hub that dies in between may have told them; then another one tells them again.
 * While NATS is away nothing can be written: each hub tells of what it knows, so that people may be told once by each.
 */
@Singleton
@Named("fallback")
public class Fallback {

    private static final Logger LOG = Logger.getLogger(Fallback.class);
    /** More than these at once are told of in one message: in an outage of the paging platform there may be hundreds. */
    private static final int FEW = 5;

    private record Told(String id, String way) {}

    private final PageWatch pages;
    private final IncidentStore store;
    private final Timeline timeline;
    private final FusionConfig config;
    private final Notices notices;
    private final String hub;
    private final List<String> ways;
    private final Pauses pauses = new Pauses(System::nanoTime);
    private final OtherHubs others = new OtherHubs(System::nanoTime);
    /** What this hub has told, or knows to be told. */
    private final Set<Told> told = ConcurrentHashMap.newKeySet();

    private final Counters outcomes;

    public Fallback(
            PageWatch pages,
            IncidentStore store,
            Timeline timeline,
            FusionConfig config,
            Notices notices,
            HubId hub,
            MeterRegistry metrics) {
        this.pages = pages;
        this.store = store;
        this.timeline = timeline;
        this.config = config;
        this.notices = notices;
        this.hub = hub.toString();
        this.ways = FallbackWays.of(config.fallback());
        this.outcomes = new Counters(
                metrics,
                "fusion.fallback",
                "Messages that nobody is paged, in another way than the page",
                "way",
                "outcome");
        ways.forEach(way -> List.of("sent", "failed").forEach(outcome -> outcomes.of(way, outcome)));
    }

    /** What must be told now; this hub has taken it on. */
    public List<Notice> due() {
        if (ways.isEmpty()) {
            return List.of();
        }
        var unpaged = pages.unpaged();
        var ids = unpaged.stream().map(Row::id).toList();
        told.removeIf(one -> !ids.contains(one.id()));
        others.keepOnly(ids);
        var due = new ArrayList<Notice>();
        for (var way : ways) {
            if (!pauses.isPaused(way)) {
                due.addAll(notices(way, unpaged));
            }
        }
        return due;
    }

    private List<Notice> notices(String way, List<Row> unpaged) {
        var incidents = unpaged.stream()
                .filter(row -> !told.contains(new Told(row.id(), way)) && !others.have(row.id()))
                .flatMap(row -> takenOn(row, way).stream())
                .toList();
        if (incidents.size() > FEW) {
            return List.of(notices.of(way, incidents));
        }
        return incidents.stream()
                .map(incident -> notices.of(way, List.of(incident)))
                .toList();
    }

    /** Empty when it is told already, when another hub does it, and when it need not be told any more. */
    private Optional<Unpaged> takenOn(Row row, String way) {
        try {
            var found = store.find(row.id());
            if (found.isEmpty() || !isUnpaged(found.get().incident())) {
                return Optional.empty();
            }
            var after =
                    store.change(row.id(), incident -> takenOn(incident, way)).incident();
            if (after.isToldBy(way)) {
                told.add(new Told(row.id(), way));
                return Optional.empty();
            }
            if (after.secondWay() == null || !after.secondWay().hub().equals(hub)) {
                others.seen(row.id());
                return Optional.empty();
            }
            return Optional.of(notices.unpaged(after));
        } catch (StoreUnavailableException e) {
            LOG.debug("Cannot ask the store", e);
            return Optional.of(notices.unpaged(row));
        }
    }

    private Incident takenOn(Incident incident, String way) {
        var isOfOther = incident.secondWay() != null
                && !incident.secondWay().hub().equals(hub)
                && !others.areLate(incident.id());
        return incident.isToldBy(way) || isOfOther || !isUnpaged(incident) ? incident : incident.takenOnBy(hub);
    }

    private static boolean isUnpaged(Incident incident) {
        return incident.pagedAt() == null && incident.status() != Status.RESOLVED;
    }

    /** It was sent. */
    public void sent(@ExchangeProperty(NOTICE) Notice notice) {
        pauses.over(notice.way());
        outcomes.of(notice.way(), "sent").increment();
        for (var incident : notice.incidents()) {
            told.add(new Told(incident.id(), notice.way()));
            note(incident.id(), notice.way());
        }
    }

    /** Exchange property with the notice that is being sent. */
    static final String NOTICE = "notice";

    private void note(String id, String way) {
        try {
            store.change(id, incident -> incident.toldBy(hub, way, Instant.now()));
            timeline.note(
                    id,
                    Line.decision(
                            Rule.SECOND_WAY,
                            "",
                            "",
                            "nobody was paged within " + config.pageDeadline().toSeconds() + " s: people were told by "
                                    + way));
        } catch (StoreUnavailableException e) {
            // Another hub may tell it again.
            LOG.debugf(e, "Cannot note that %s was told by %s", id, way);
        }
    }

    /** It could not be sent: the way is tried again later. */
    public void failed(@ExchangeProperty(NOTICE) Notice notice, Exchange exchange) {
        var cause = Causes.innermost(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        var wait = pauses.failed(notice.way());
        outcomes.of(notice.way(), "failed").increment();
        LOG.errorf(
                "NOT TOLD by %s that nobody is paged for %s, tried again in %d s: %s",
                notice.way(), notice.incidents().get(0).id(), wait.toSeconds(), cause);
    }

    /** Puts the notice where the other methods, and routes, find it. */
    public void begin(@Body Notice notice, Exchange exchange) {
        exchange.setProperty(NOTICE, notice);
    }
}
