package io.xtribe.fusionhub.console.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Batch jobs.
 *
 * @param runs the newest first
 * @param notTakenUp what was asked for and no run has taken up
 * @param names of all jobs
 */
public record JobsView(List<Run> runs, List<Request> notTakenUp, List<String> names, List<String> platforms) {

    /** More rows of a run are not shown. */
    private static final int ROWS = 50;

    /**
     * One run.
     *
     * @param outcome in one word; {@code running} while it runs
     * @param counts for example {@code 12 read}
     * @param left how many rows are not shown
     */
    public record Run(
            String job,
            String id,
            String outcome,
            boolean dryRun,
            String by,
            Instant at,
            String seconds,
            String trouble,
            List<String> counts,
            List<Row> rows,
            long left) {

        static Run of(JsonNode run) {
            var counts = new ArrayList<String>();
            run.path("counts")
                    .properties()
                    .forEach(count -> counts.add(count.getValue().asText() + " " + count.getKey()));
            var rows = new ArrayList<Row>();
            for (var row : run.path("rows")) {
                if (rows.size() < ROWS) {
                    rows.add(Row.of(row));
                }
            }
            var outcome = run.path("outcome").asText();
            return new Run(
                    run.path("job").asText(),
                    run.path("run").asText(),
                    outcome,
                    run.path("dryRun").asBoolean(),
                    run.path("by").asText(),
                    moment(run.path("startedAt").asText()),
                    outcome.equals("running") ? "" : run.path("seconds").asText(),
                    run.path("trouble").asText(),
                    counts,
                    rows,
                    run.path("rows").size()
                            - rows.size()
                            + run.path("rowsLeftOut").asLong());
        }

        public long total() {
            return rows.size() + left;
        }

        /** As its symbol and its style class are called. */
        public String sign() {
            return switch (outcome) {
                case "done" -> "mark-in-step";
                case "running" -> "mark-waiting";
                case "differences" -> "mark-warn";
                default -> "mark-rejected";
            };
        }
    }

    /** Something that a run has found. */
    public record Row(String incident, String platform, String kind, String text, String state, String remedy) {

        static Row of(JsonNode row) {
            return new Row(
                    row.path("incident").asText(),
                    row.path("platform").asText(),
                    row.path("kind").asText(),
                    row.path("text").asText(),
                    row.path("state").asText().toLowerCase(Locale.ROOT),
                    row.path("remedy").asText());
        }
    }

    /** A job that was asked for. */
    public record Request(String job, String by, Instant at, boolean dryRun) {

        static Request of(JsonNode request) {
            return new Request(
                    request.path("job").asText(),
                    request.path("by").asText(),
                    moment(request.path("at").asText()),
                    request.path("dryRun").asBoolean());
        }
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
