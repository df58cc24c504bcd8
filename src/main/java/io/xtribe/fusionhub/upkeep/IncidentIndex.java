package io.xtribe.fusionhub.upkeep;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.converge.AttemptClock;
import io.xtribe.fusionhub.incident.FailedWork;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.nats.BucketEntry;
import io.xtribe.fusionhub.nats.BucketWatch;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.work.WorkLane;

/** The tracked incidents in memory, kept up to date by a watch: for lists, sweeps, counters and noise, never for a change. */
@Singleton
public class IncidentIndex {

    /**
     * A refusal.
     *
     * @param configuration the mark of how the platform was configured then, or null
     * @param failingSince where it is of what is tried again for a day, such as a comment, since when the latest of it fails; else null
     */
    public record Refused(String platform, String operation, String configuration, Instant failingSince) {}

    /**
     * What is remembered of an incident.
     *
     * @param changedAt when the record was stored as it is, by the server's clock; by this hub's where it read it itself
     * @param heldSince since when the storm brake holds it; null where it does not, or it is over
     * @param seenAt when this hub saw this state, by its monotonic clock
     * @param firstSeenAt when it first saw the incident, or that it was released, by the same clock
     * @param refused what platforms refused of its present generation
     * @param withheld platforms on which a record is not to be opened before somebody asks for it
     * @param service what it is about, as the catalogue names it; empty where that is not known
     * @param numbers what people call its records, with blanks between
     */
    public record Row(
            String id,
            long generation,
            boolean settled,
            Status status,
            Priority priority,
            String title,
            String origin,
            Instant receivedAt,
            Instant pagedAt,
            Instant linkedAt,
            Instant changedAt,
            Instant heldSince,
            @JsonIgnore long seenAt,
            @JsonIgnore long firstSeenAt,
            @JsonIgnore List<Refused> refused,
            @JsonIgnore Set<String> withheld,
            @JsonIgnore String service,
            @JsonIgnore String numbers) {

        /** What is remembered of a whole record. */
        public static Row of(Incident incident, Instant changedAt, long seenAt) {
            return new Row(
                    incident.id(),
                    incident.generation(),
                    incident.isSettled(),
                    incident.status(),
                    incident.priority(),
                    incident.title(),
                    incident.origin().platform(),
                    incident.receivedAt(),
                    incident.pagedAt(),
                    incident.linkedAt(),
                    changedAt,
                    incident.waitsForRelease() ? incident.held().since() : null,
                    seenAt,
                    seenAt,
                    refused(incident),
                    withheld(incident),
                    incident.hints().service(),
                    numbers(incident));
        }

        private static String numbers(Incident incident) {
            return incident.platforms().values().stream()
                    .flatMap(parts -> parts.values().stream())
                    .filter(Part::isOpened)
                    .map(part -> part.reference().number())
                    .filter(number -> !number.isEmpty())
                    .collect(Collectors.joining(" "));
        }

        private static Set<String> withheld(Incident incident) {
            return incident.platforms().entrySet().stream()
                    .filter(entry -> entry.getValue().values().stream().anyMatch(Part::detached))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        }

        private static List<Refused> refused(Incident incident) {
            var all = new ArrayList<Refused>();
            var generation = incident.generation();
            incident.rejections().values().stream()
                    .filter(refusal -> refusal.generation() == generation)
                    .forEach(refusal -> all.add(refused(incident.origin().platform(), refusal, null)));
            incident.platforms()
                    .forEach((platform, parts) -> parts.values().forEach(part -> part.rejectionsOf(generation)
                            .forEach(refusal -> all.add(refused(
                                    platform, refusal, FailedWork.since(part.failedWork(), refusal.operation()))))));
            return List.copyOf(all);
        }

        private static Refused refused(String platform, Rejection refusal, Instant failingSince) {
            return new Refused(platform, refusal.operation(), refusal.configuration(), failingSince);
        }

        /** Whether the storm brake holds it. */
        @JsonIgnore
        public boolean isHeld() {
            return heldSince != null;
        }

        /** In which lane the incident is taken up. */
        WorkLane lane() {
            return WorkLane.of(priority, status, pagedAt != null || linkedAt != null);
        }

        private Row firstSeenAt(long moment) {
            return new Row(
                    id,
                    generation,
                    settled,
                    status,
                    priority,
                    title,
                    origin,
                    receivedAt,
                    pagedAt,
                    linkedAt,
                    changedAt,
                    heldSince,
                    seenAt,
                    moment,
                    refused,
                    withheld,
                    service,
                    numbers);
        }
    }

    /** Of a stored record only what a row needs: this runs for every change that any hub makes. */
    private record Seen(
            String id,
            long generation,
            long settledGeneration,
            Status status,
            Priority priority,
            String title,
            SeenOrigin origin,
            Instant receivedAt,
            Instant pagedAt,
            Instant linkedAt,
            SeenHeld held,
            SeenHints hints,
            Map<String, Map<String, SeenPart>> platforms,
            Map<String, SeenRejection> rejections) {

        /** Few incidents have any: the others share one empty list. */
        private List<Refused> refused() {
            var all = new ArrayList<Refused>();
            add(all, origin.platform(), rejections, null);
            if (platforms != null) {
                platforms.forEach((platform, parts) ->
                        parts.values().forEach(part -> add(all, platform, part.rejections(), part.failedWork())));
            }
            return List.copyOf(all);
        }

        /** The same for most incidents: none. */
        private Set<String> withheld() {
            return platforms == null
                    ? Set.of()
                    : platforms.entrySet().stream()
                            .filter(entry -> entry.getValue().values().stream().anyMatch(SeenPart::detached))
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toUnmodifiableSet());
        }

        private void add(
                List<Refused> all,
                String platform,
                Map<String, SeenRejection> refusals,
                Map<String, FailedWork> failed) {
            if (refusals != null) {
                refusals.values().stream()
                        .filter(refusal -> refusal.generation() == generation)
                        .forEach(refusal -> all.add(new Refused(
                                platform,
                                refusal.operation(),
                                refusal.configuration(),
                                failed == null ? null : FailedWork.since(failed, refusal.operation()))));
            }
        }

        Row row(Instant changedAt) {
            var now = System.nanoTime();
            return new Row(
                    id,
                    generation,
                    generation == settledGeneration,
                    status,
                    priority,
                    title,
                    origin.platform(),
                    receivedAt,
                    pagedAt,
                    linkedAt,
                    changedAt,
                    held == null || held.releasedAt() != null || status == Status.RESOLVED ? null : held.since(),
                    now,
                    now,
                    refused(),
                    withheld(),
                    hints == null || hints.service() == null ? "" : hints.service(),
                    numbers());
        }

        private String numbers() {
            return platforms == null
                    ? ""
                    : platforms.values().stream()
                            .flatMap(parts -> parts.values().stream())
                            .map(SeenPart::reference)
                            .filter(reference -> reference != null
                                    && reference.number() != null
                                    && !reference.number().isEmpty())
                            .map(SeenReference::number)
                            .collect(Collectors.joining(" "));
        }
    }

    private record SeenOrigin(String platform) {}

    private record SeenHeld(Instant since, Instant releasedAt) {}

    private record SeenHints(String service) {}

    private record SeenReference(String number) {}

    private record SeenPart(
            SeenReference reference,
            SeenAttempt attempt,
            SeenAttempt linking,
            Map<String, SeenRejection> rejections,
            Map<String, FailedWork> failedWork,
            boolean detached) {}

    private record SeenRejection(String operation, long generation, String configuration) {}

    private record SeenAttempt(String token) {}

    private final BucketWatch watch;
    private final AttemptClock attempts;
    private final Map<String, Row> rows = new ConcurrentHashMap<>();
    /** Counts what changed here, so that whoever shows it need not compare. */
    private final AtomicLong changes = new AtomicLong();

    private volatile boolean complete;

    public IncidentIndex(NatsLink nats, AttemptClock attempts) {
        this.attempts = attempts;
        watch = new BucketWatch(nats, Names.INCIDENTS_BUCKET, new BucketWatch.Observer() {
            @Override
            public void forget() {
                complete = false;
                rows.clear();
                changes.incrementAndGet();
            }

            @Override
            public void seen(BucketEntry entry) {
                IncidentIndex.this.seen(entry);
            }

            @Override
            public void complete() {
                complete = true;
            }
        });
    }

    /**
     * Starts to watch; to be called once NATS is there, and again from time to time. Returns whether the bucket is another
     * one than before.
     */
    public boolean watch() throws IOException, InterruptedException {
        return watch.ensure();
    }

    /** Whether all incidents that were stored when the watch began have been seen. */
    public boolean isComplete() {
        return complete;
    }

    public boolean knows(String id) {
        return rows.containsKey(id);
    }

    public Collection<Row> rows() {
        return rows.values();
    }

    /** One of them; another object as soon as anything of the incident has changed. */
    public Optional<Row> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    /** Another number as soon as anything of any incident has changed. */
    public long changes() {
        return changes.get();
    }

    private void seen(BucketEntry entry) {
        if (!entry.isPresent()) {
            rows.remove(entry.key());
            changes.incrementAndGet();
            return;
        }
        var seen = IncidentJson.read(entry.value(), Seen.class);
        put(seen.row(entry.storedAt()));
        if (seen.platforms() != null) {
            seen.platforms().values().forEach(parts -> parts.values().forEach(this::seen));
        }
    }

    /** The time of another hub's attempts runs from here on, see {@link AttemptClock}. */
    private void seen(SeenPart part) {
        Stream.of(part.attempt(), part.linking())
                .filter(Objects::nonNull)
                .forEach(attempt -> attempts.see(attempt.token()));
    }

    /** Takes in a state that was read from the store. */
    void refresh(Incident incident) {
        put(Row.of(incident, Instant.now(), System.nanoTime()));
    }

    private void put(Row next) {
        rows.merge(
                next.id(),
                next,
                (known, newer) -> known.isHeld() && !newer.isHeld() ? newer : newer.firstSeenAt(known.firstSeenAt()));
        changes.incrementAndGet();
    }
}
