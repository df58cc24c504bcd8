package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.incident.IncidentJson;

/** One run of a job: what was asked, what it has counted and found so far. Safe for several threads. */
public final class JobRun {

    /** Exchange property with the run, for the routes of jobs. */
    public static final String PROPERTY = "job";
    /** More rows stand in no summary: Argo takes 256 KB of an output parameter. They are counted. */
    private static final int FINDINGS = 500;

    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final JobRequest request;
    private final Progress progress;
    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final long began = System.nanoTime();
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Finding.State, Long> states = new TreeMap<>();
    private JsonNode result;
    private JobOutcome outcome = JobOutcome.DONE;
    private String trouble = "";

    JobRun(JobRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /** Eight characters that no other run has. */
    public String id() {
        return id;
    }

    public JobRequest request() {
        return request;
    }

    Progress progress() {
        return progress;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** How long it runs, by the monotonic clock. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    synchronized void count(String what, long more) {
        counts.merge(what, more, Long::sum);
    }

    synchronized long counted(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Takes in a row. Whatever is left makes the outcome {@link JobOutcome#DIFFERENCES}. */
    synchronized void found(Finding finding) {
        states.merge(finding.state(), 1L, Long::sum);
        if (findings.size() < FINDINGS) {
            findings.add(finding);
        }
        if (finding.state() == Finding.State.LEFT || finding.state() == Finding.State.WOULD) {
            outcome = JobOutcome.DIFFERENCES;
        }
    }

    /** Takes in a row about no incident. */
    void found(Finding.State state, String where, String kind, String text, String remedy) {
        found(Finding.of(state, where, kind, text, remedy));
    }

    synchronized List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** What the job yields beside counts and rows, for example a report. */
    synchronized void result(JsonNode node) {
        result = node;
    }

    synchronized void failed(JobOutcome why, String text) {
        outcome = why;
        trouble = text;
    }

    synchronized JobOutcome outcome() {
        return outcome;
    }

    synchronized String trouble() {
        return trouble;
    }

    /** The summary: one JSON object. */
    synchronized ObjectNode summary() {
        var json = IncidentJson.mapper();
        var node = json.createObjectNode();
        node.put("job", request.job());
        node.put("run", id);
        node.put("outcome", outcome.word());
        node.put("exitCode", outcome.code());
        if (!trouble.isEmpty()) {
            node.put("trouble", trouble);
        }
        node.put("dryRun", request.dryRun());
        node.put("by", request.by());
        node.put("startedAt", startedAt.toString());
        node.put("seconds", elapsed().toMillis() / 1000.0);
        counts.forEach(node.putObject("counts")::put);
        var byState = node.putObject("findings");
        states.forEach((state, count) -> byState.put(state.name().toLowerCase(Locale.ROOT), count));
        node.set("rows", json.valueToTree(findings));
        var total = states.values().stream().mapToLong(Long::longValue).sum();
        if (total > findings.size()) {
            node.put("rowsLeftOut", total - findings.size());
        }
        if (result != null) {
            node.set("result", result);
        }
        return node;
    }
}
