package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.Bucket;
import io.xtribe.fusionhub.nats.BucketEntry;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.nats.Publisher;

/**
 * Asks whoever runs jobs, such as Argo, for one, by a message on {@code fusion.jobs.requested}. Nobody keeps that message: what no run
 * has taken up after a minute is told.
 */
@Singleton
public class JobRequests {

    /** What a request may say beside the job; each is a text, and there in every message. */
    public static final List<String> OPTIONS = List.of("since", "until", "platform", "limit", "incident");

    private static final String REQUESTS = "request.";
    private static final Duration TAKEN_WITHIN = Duration.ofMinutes(1);
    /** For so long it is told that nobody has taken it up. */
    private static final Duration TOLD_FOR = Duration.ofDays(1);

    private static final Duration COUNTED_FOR = Duration.ofSeconds(30);

    private final NatsLink nats;
    private final Publisher publisher;
    private long countedAt;
    private int counted;

    public JobRequests(NatsLink nats, Publisher publisher, MeterRegistry metrics) {
        this.nats = nats;
        this.publisher = publisher;
        Gauge.builder("fusion.jobs.not.taken.up", this, JobRequests::countNotTakenUp)
                .description("Jobs that were asked for over a minute ago, and that no run has taken up")
                .register(metrics);
    }

    /**
     * Asks for a job. Returns the request.
     *
     * @param options of {@link #OPTIONS}
     * @throws StoreUnavailableException when NATS is away
     */
    public JsonNode ask(String job, boolean dryRun, Map<String, String> options, String by) {
        var id = UUID.randomUUID().toString();
        var at = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        var data = IncidentJson.mapper().createObjectNode();
        data.put("job", job).put("dryRun", dryRun).put("by", by);
        OPTIONS.forEach(option -> data.put(option, options.getOrDefault(option, "")));
        var event = IncidentJson.mapper().createObjectNode();
        event.put("specversion", "1.0")
                .put("id", id)
                .put("source", "/fusion-hub")
                .put("type", "fusion.job.requested")
                .put("time", at)
                .put("datacontenttype", "application/json")
                .set("data", data);
        var kept = data.deepCopy();
        kept.put("id", id).put("at", at);
        bucket().create(REQUESTS + id, IncidentJson.write(kept));
        try {
            publisher.tell(Names.JOB_REQUESTS, IncidentJson.write(event));
        } catch (IllegalStateException e) {
            throw new StoreUnavailableException("NATS is away: nobody was asked for the job", e);
        }
        return kept;
    }

    /** A run has taken it up. */
    void taken(String id) {
        if (!id.isEmpty()) {
            find(REQUESTS + id).ifPresent(entry -> bucket().delete(REQUESTS + id, entry.revision()));
        }
    }

    /** What nobody has taken up within a minute, the newest first. What is older than a day is forgotten. */
    public List<JsonNode> notTakenUp() {
        var now = Instant.now();
        return bucket().keys(REQUESTS + ">").stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .filter(entry -> {
                    var age = Duration.between(entry.storedAt(), now);
                    if (age.compareTo(TOLD_FOR) > 0) {
                        bucket().delete(entry.key(), entry.revision());
                    }
                    return age.compareTo(TAKEN_WITHIN) > 0 && age.compareTo(TOLD_FOR) <= 0;
                })
                .map(entry -> IncidentJson.read(entry.value(), JsonNode.class))
                .sorted(Comparator.comparing(
                                (JsonNode request) -> request.path("at").asText())
                        .reversed())
                .toList();
    }

    /** Asks NATS now and then, not at each scrape. */
    private synchronized double countNotTakenUp() {
        var now = System.nanoTime();
        if (countedAt == 0 || now - countedAt > COUNTED_FOR.toNanos()) {
            countedAt = now;
            try {
                counted = nats.isConnected() ? notTakenUp().size() : 0;
            } catch (StoreUnavailableException e) {
                counted = 0;
            }
        }
        return counted;
    }

    private Optional<BucketEntry> find(String key) {
        return bucket().find(key).filter(entry -> entry.isPresent());
    }

    private Bucket bucket() {
        return nats.bucket(Names.JOBS_BUCKET);
    }
}
