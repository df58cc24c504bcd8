package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.testing.HubProcess;

/**
 * What a job that ran as a process ended with.
 *
 * @param summary the last line that it wrote, as JSON; null where there was none
 */
record JobEnd(int code, JsonNode summary, String log) {

    private static final Duration PLENTY = Duration.ofMinutes(2);

    /** Runs a job to its end. */
    static JobEnd of(HubProcess.Builder settings, String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "job";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try (HubProcess process = settings.arguments(all).start()) {
            int code = process.awaitExit(PLENTY);
            var last = process.log()
                    .lines()
                    .filter(line -> line.startsWith("{\"job\""))
                    .reduce((one, other) -> other);
            return new JobEnd(code, last.map(FaultRig::parse).orElse(null), process.log());
        }
    }

    /** Platform and kind of each row in that state. */
    List<String> rows(String state) {
        return StreamSupport.stream(summary.path("rows").spliterator(), false)
                .filter(row -> row.path("state").asText().equals(state))
                .map(row ->
                        row.path("platform").asText() + " " + row.path("kind").asText())
                .sorted()
                .toList();
    }

    /** Text and remedy of each row of that platform and kind. */
    List<String> texts(String platform, String kind) {
        return StreamSupport.stream(summary.path("rows").spliterator(), false)
                .filter(row -> row.path("platform").asText().equals(platform)
                        && row.path("kind").asText().equals(kind))
                .map(row -> row.path("text").asText()
                        + (row.hasNonNull("remedy") ? " | " + row.path("remedy").asText() : ""))
                .toList();
    }

    long count(String what) {
        return summary.path("counts").path(what).asLong();
    }
}
