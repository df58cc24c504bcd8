package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The job report as a process, held against the incidents' own records. */
class ReportIT {

    private static final Duration PLENTY = Duration.ofSeconds(60);
    private static final String EARLY = "early <b>alert</b>";

    private static Rig rig;
    private static HubProcess hub;
    private static Instant between;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        rig = Rig.start("ReportIT");
        hub = ours().start().awaitReady();
        rig.webhooksTo(hub);
        rig.platforms().datadogAlert("P1", EARLY);
        rig.awaitSettled(List.of(EARLY), PLENTY);
        between = Instant.now();
        rig.platforms().datadogAlert("P1", "late alert");
        rig.platforms().datadogAlert("P2", "lesser alert");
        rig.platforms().serviceNowIncident(1, 2, "ticket");
        rig.platforms().pagerDutyIncident("P1", "page");
        rig.awaitSettled(List.of("late alert", "lesser alert", "ticket", "page"), PLENTY);
        rig.platforms()
                .changePagerDutyIncident(
                        record(EARLY)
                                .at("/platforms/pagerduty/incident/reference/id")
                                .asText(),
                        Map.of("status", "resolved"));
        await().atMost(PLENTY)
                .until(() -> record(EARLY).path("status").asText().equals("RESOLVED") && rig.isSettled(List.of(EARLY)));
    }

    @AfterAll
    static void stop() {
        hub.close();
        rig.close();
    }

    private static HubProcess.Builder ours() {
        return rig.hub().env("FUSION_TRIGGERS_SOURCES", "datadog.monitor,servicenow,pagerduty.manual");
    }

    private static JsonNode record(String title) {
        return rig.incidents().get(title);
    }

    /** What it writes to a file. */
    private String report(String... options) throws IOException {
        var file = folder.resolve("report");
        var all = new ArrayList<>(List.of("report", "--output", file.toString()));
        all.addAll(List.of(options));
        JobEnd end = JobEnd.of(ours(), all.toArray(String[]::new));
        assertThat(end.code()).as(end.log()).isZero();
        return Files.readString(file);
    }

    private List<String> titles(String... options) throws IOException {
        var all = new ArrayList<>(List.of("--format", "json"));
        all.addAll(List.of(options));
        return FaultRig.parse(report(all.toArray(String[]::new)))
                .path("incidents")
                .findValuesAsText("title");
    }

    private static JsonNode row(JsonNode report, String priority, String origin) {
        for (var row : report.path("rows")) {
            if (row.path("priority").asText().equals(priority)
                    && row.path("origin").asText().equals(origin)) {
                return row;
            }
        }
        throw new AssertionError("no row for " + priority + " " + origin + " in " + report);
    }

    private static double seconds(String title, String moment) {
        var from = Instant.parse(record(title).path("receivedAt").asText());
        return Duration.between(from, Instant.parse(record(title).path(moment).asText()))
                        .toMillis()
                / 1000.0;
    }

    @Test
    void jsonHasIncidentsByPriorityAndOriginWithTheTimesOfTheirRecords() throws IOException {
        JsonNode report = FaultRig.parse(report("--format", "json"));

        assertThat(report.path("rows")).hasSize(5);
        var alerts = row(report, "P1", "datadog");
        assertThat(alerts.path("incidents").asInt()).isEqualTo(2);
        assertThat(alerts.path("open").asInt()).isEqualTo(1);
        assertThat(alerts.path("unpaged").asInt()).isZero();
        var paged = List.of(seconds(EARLY, "pagedAt"), seconds("late alert", "pagedAt"));
        assertThat(alerts.path("pagedMedian").asDouble()).isEqualTo(Math.min(paged.get(0), paged.get(1)));
        assertThat(alerts.path("paged95").asDouble()).isEqualTo(Math.max(paged.get(0), paged.get(1)));
        assertThat(alerts.path("resolvedMedian").asDouble()).isPositive();

        var ticket = row(report, "P2", "servicenow");
        assertThat(ticket.path("incidents").asInt()).isEqualTo(1);
        assertThat(ticket.path("pagedMedian").asDouble()).isEqualTo(seconds("ticket", "pagedAt"));
        assertThat(ticket.path("linkedMedian").asDouble()).isEqualTo(seconds("ticket", "linkedAt"));
        assertThat(ticket.hasNonNull("resolvedMedian")).isFalse();

        assertThat(row(report, "P2", "datadog").path("incidents").asInt()).isEqualTo(1);
        assertThat(row(report, "P1", "pagerduty").path("incidents").asInt()).isEqualTo(1);
        assertThat(row(report, "all", "").path("incidents").asInt()).isEqualTo(5);
    }

    @Test
    void aRangeAPlatformAndALimitLeaveTheOthersOut() throws IOException {
        assertThat(titles("--until", between.toString())).containsExactly(EARLY);
        assertThat(titles("--since", between.toString()))
                .containsExactlyInAnyOrder("late alert", "lesser alert", "ticket", "page");
        assertThat(titles("--since", "1h", "--platform", "servicenow")).containsExactly("ticket");
        assertThat(titles("--limit", "4")).hasSize(4).doesNotContain(EARLY);
    }

    @Test
    void csvHasALineForEachIncident() throws IOException {
        var lines = report("--format", "csv").split("\r\n");

        assertThat(lines[0]).isEqualTo("id,title,priority,origin,status,receivedAt,pagedAt,linkedAt,resolvedAt");
        assertThat(lines).hasSize(6);
        var early = record(EARLY);
        assertThat(lines[1])
                .startsWith(String.join(
                        ",",
                        early.path("id").asText(),
                        EARLY,
                        "P1",
                        "datadog",
                        "RESOLVED",
                        early.path("receivedAt").asText(),
                        early.path("pagedAt").asText(),
                        early.path("linkedAt").asText(),
                        ""));
        var ended = Instant.parse(lines[1].substring(lines[1].lastIndexOf(',') + 1));
        assertThat(ended).isAfter(between).isBefore(Instant.now());
    }

    @Test
    void theTableIsForPeople() {
        JobEnd end = JobEnd.of(ours(), "report", "--progress", "none");

        assertThat(end.code()).as(end.log()).isZero();
        assertThat(end.log().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains("priority origin incidents open unpaged to page p50/p95 to links p50/p95 to end p50/p95")
                .anyMatch(line -> line.startsWith("P1 datadog 2 1 0 "))
                .anyMatch(line -> line.startsWith("all 5 4 0 "));
        assertThat(end.summary().at("/result/rows")).hasSize(5);
    }

    @Test
    void thePageNeedsNothingElse() throws IOException {
        var page = report("--format", "html");

        assertThat(page)
                .contains("<td>P1<td>datadog<td>2<td>1<td>0<td>")
                .contains("early &lt;b&gt;alert&lt;/b&gt;")
                .doesNotContain(EARLY)
                .contains("prefers-color-scheme: dark")
                .doesNotContain("http:", "https:", "<script", "<link", "@import", "url(");
        // A day, and the times to page, links and end.
        assertThat(page.split("<svg role=\"img\"", -1)).hasSize(5);
    }
}
