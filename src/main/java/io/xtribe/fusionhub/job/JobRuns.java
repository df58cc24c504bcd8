package io.xtribe.fusionhub.job;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.Bucket;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;

/**
 * The runs of jobs, kept in the bucket {@code fusion-jobs} for thirty days: who asked, when, and the summary. And how far a run that
 * was cut off had come, so that the next one goes on from there.
 */
@Singleton
public class JobRuns {

    private static final Logger LOG = Logger.getLogger(JobRuns.class);
    private static final String RUNS = "run.";
    private static final String PROGRESS = "progress.";
    private static final Duration KEPT = Duration.ofDays(30);
    /** What was done longer ago may have changed since. */
    private static final Duration RESUMED_WITHIN = Duration.ofHours(6);

    private final NatsLink nats;
    private final PrintStream out;

    @Inject
    public JobRuns(NatsLink nats) {
        this(nats, System.out);
    }

    JobRuns(NatsLink nats, PrintStream out) {
        this.nats = nats;
        this.out = out;
    }

    /** How far a run has come. */
    record Mark(Instant at, String request, List<String> done) {}

    void begun(JobRun run, Runnable connect) {
        connect.run();
        removeOld();
        var summary = run.summary();
        summary.put("outcome", "running");
        run.request().option("incident").ifPresent(id -> summary.put("incident", id));
        summary.remove("exitCode");
        bucket().create(key(run), IncidentJson.write(summary));
    }

    /** Keeps the summary, and prints it: one line of JSON, the last on standard output. */
    void ended(JobRun run) {
        var summary = run.summary();
        keep(run, summary);
        var line = summary.toString();
        var file = run.request().summary();
        if (!file.isEmpty()) {
            try {
                Files.writeString(Path.of(file), line + "\n");
            } catch (IOException e) {
                run.failed(JobOutcome.FAILED, "the summary cannot be written to " + file + ": " + e);
                line = run.summary().toString();
            }
        }
        if (!run.trouble().isEmpty()) {
            System.err.println("fusion job " + run.request().job() + ": " + run.trouble());
        }
        out.println(line);
        out.flush();
    }

    /** When NATS stored the record of a run, by its clock. */
    Optional<Instant> storedAt(JobRun run) {
        return bucket().find(key(run)).map(entry -> entry.storedAt());
    }

    /** Keeps the summary, and prints nothing. */
    void keep(JobRun run) {
        keep(run, run.summary());
    }

    private void keep(JobRun run, ObjectNode summary) {
        try {
            if (nats.isConnected()) {
                var stored = bucket().find(key(run)).filter(entry -> entry.isPresent());
                var json = IncidentJson.write(summary);
                if (stored.isPresent()) {
                    bucket().update(key(run), json, stored.get().revision());
                } else {
                    bucket().create(key(run), json);
                }
            }
        } catch (StoreUnavailableException | IllegalArgumentException e) {
            LOG.warnf("The summary of the run is not kept in %s: %s", Names.JOBS_BUCKET, e.getMessage());
        }
    }

    /** The runs that are kept, the newest first. */
    public List<JsonNode> recent(int most) {
        return bucket().keys(RUNS + ">").stream()
                .map(key -> bucket().find(key))
                .flatMap(Optional::stream)
                .map(entry -> IncidentJson.read(entry.value(), JsonNode.class))
                .sorted(Comparator.comparing(
                                (JsonNode run) -> run.path("startedAt").asText())
                        .reversed())
                .limit(most)
                .toList();
    }

    /** What a run that was asked for the same, and was cut off, had done. */
    List<String> doneBefore(JobRun run) {
        return mark(run)
                .filter(mark -> mark.at().isAfter(Instant.now().minus(RESUMED_WITHIN)))
                .map(Mark::done)
                .orElse(List.of());
    }

    /** A run that is cut off from now on has done this. */
    void reached(JobRun run, List<String> done) {
        write(run, new Mark(Instant.now(), asked(run), done));
    }

    /** The run has come to its end: the next one begins anew. */
    void finished(JobRun run) {
        bucket().find(progressKey(run)).filter(entry -> entry.isPresent()).ifPresent(entry -> bucket().delete(
                        progressKey(run), entry.revision()));
    }

    private Optional<Mark> mark(JobRun run) {
        return bucket().find(progressKey(run))
                .filter(entry -> entry.isPresent())
                .map(entry -> IncidentJson.read(entry.value(), Mark.class))
                .filter(mark -> mark.request().equals(asked(run)));
    }

    private void write(JobRun run, Mark mark) {
        var stored = bucket().find(progressKey(run)).filter(entry -> entry.isPresent());
        if (stored.isPresent()) {
            bucket().update(
                            progressKey(run),
                            IncidentJson.write(mark),
                            stored.get().revision());
        } else {
            bucket().create(progressKey(run), IncidentJson.write(mark));
        }
    }

    /** What makes two runs do the same. */
    private static String asked(JobRun run) {
        var request = run.request();
        return request.platform() + "|" + request.limit() + "|" + request.dryRun() + "|"
                + new TreeMap<>(request.options());
    }

    private void removeOld() {
        var oldest = Instant.now().minus(KEPT);
        for (var key : bucket().keys(RUNS + ">")) {
            bucket().find(key)
                    .filter(entry -> entry.isPresent() && entry.storedAt().isBefore(oldest))
                    .ifPresent(entry -> bucket().delete(key, entry.revision()));
        }
    }

    private Bucket bucket() {
        return nats.bucket(Names.JOBS_BUCKET);
    }

    private static String key(JobRun run) {
        return RUNS + run.request().job() + "." + run.startedAt().toEpochMilli() + "-" + run.id();
    }

    private static String progressKey(JobRun run) {
        return PROGRESS + run.request().job();
    }
}
