package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore.Versioned;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.Signal;

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
    /** The incident of each record, by the key of that. */
    private final Map<String, Incident> byRecord = new HashMap<>();
    /** When the records of an incident changed last, by platform and incident. */
    private final Map<String, Instant> changedAt = new ConcurrentHashMap<>();

    private final Map<String, SingleReads.Choice> singly = new ConcurrentSkipListMap<>();
    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private final Set<Finding> rows = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();

    Reconciliation(Map<String, Versioned> incidents) {
        this.incidents = Map.copyOf(incidents);
        standing().forEach(incident -> incident.platforms()
                .forEach((platform, parts) -> parts.forEach((part, state) -> {
                    if (state.isOpened()) {
                        byRecord.put(key(platform, part, state.reference().id()), incident);
                    }
                })));
    }

    Collection<Incident> standing() {
        return incidents.values().stream().map(Versioned::incident).toList();
    }

    /** The incident, as it was when the run began, that a signal is about by its record; empty where its key says another one. */
    Optional<Incident> known(Signal signal) {
        var record = signal.record();
        return record == null
                ? Optional.empty()
                : Optional.ofNullable(byRecord.get(key(signal.platform(), record.part(), record.id())))
                        .filter(incident -> signal.ourKey()
                                .map(PlatformKey::correlationId)
                                .filter(id -> !id.equals(incident.id()))
                                .isEmpty());
    }

    /** A list has told when something last happened to a record. */
    void changed(String platform, String incident, Instant at) {
        changedAt.merge(platform + "/" + incident, at, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** The incidents that have records on a platform. */
    List<SingleReads.Subject> subjects(String platform) {
        return standing().stream()
                .filter(incident -> incident.platforms().getOrDefault(platform, Map.of()).values().stream()
                        .anyMatch(Part::isOpened))
                .map(incident -> new SingleReads.Subject(
                        incident.id(), changedAt.getOrDefault(platform + "/" + incident.id(), Instant.EPOCH)))
                .toList();
    }

    List<Incident> some(List<String> ids) {
        return ids.stream().map(id -> incidents.get(id).incident()).toList();
    }

    void readSingly(String platform, SingleReads.Choice choice) {
        singly.put(platform, choice);
    }

    /** What was read one by one, by platform. */
    Map<String, SingleReads.Choice> singly() {
        return singly;
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
