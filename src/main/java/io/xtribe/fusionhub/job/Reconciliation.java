package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore.Versioned;

/** One run of {@code reconcile}: which incidents are compared, what was met of them, and what hubs were asked to do. Thread-safe. */
public final class Reconciliation {

    /** Exchange property with it. */
    static final String PROPERTY = "reconciliation";
    /** A platform's clock, and a record that was there before its incident. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /**
     * Something that a hub was told.
     *
     * @param revision of the record before
     */
    record Told(long revision, Finding row) {}

    private final Map<String, Versioned> incidents;
    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private final Set<Finding> rows = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();

    Reconciliation(Map<String, Versioned> incidents) {
        this.incidents = Map.copyOf(incidents);
    }

    Collection<Incident> standing() {
        return incidents.values().stream().map(Versioned::incident).toList();
    }

    boolean compares(String id) {
        return incidents.containsKey(id);
    }

    long revision(String id) {
        var one = incidents.get(id);
        return one == null ? 0 : one.revision();
    }

    /** From when on platforms are asked for changes: a record is not older than the oldest incident that is compared. */
    Instant since() {
        return standing().stream()
                .map(incident ->
                        incident.startedAt() != null && incident.startedAt().isBefore(incident.receivedAt())
                                ? incident.startedAt()
                                : incident.receivedAt())
                .min(Instant::compareTo)
                .orElseGet(Instant::now)
                .minus(MARGIN);
    }

    /** Returns whether it is met for the first time. */
    boolean meet(String platform, String part, String id) {
        return met.add(key(platform, part, id));
    }

    boolean hasMet(String platform, String part, String id) {
        return met.contains(key(platform, part, id));
    }

    /** Whether no poll before has told the same. */
    boolean isNew(Finding row) {
        return rows.add(row);
    }

    void told(Finding row) {
        told.add(new Told(revision(row.incident()), row));
    }

    List<Told> told() {
        return new ArrayList<>(told);
    }

    private static String key(String platform, String part, String id) {
        return platform + "/" + part + "/" + id;
    }
}
