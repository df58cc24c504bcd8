package io.xtribe.fusionhub.lab.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.testing.NatsBinary;

import static org.assertj.core.api.Assertions.assertThat;

/** The benchmark, in small: that it measures, not what. */
class BenchIT {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    @TempDir
    private Path folder;

    @Test
    void measuresAllPartsOfALoad() throws Exception {
        var json = folder.resolve("bench.json");
        var output = Files.createDirectories(Path.of("target", "it-logs")).resolve("BenchIT.log");
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "bench",
                        "--only=triggers,changes,growth,noise,burst,storm",
                        "--warm-up=10",
                        "--lead-in=1",
                        "--seconds=2",
                        "--latency=5",
                        "--tracked=50",
                        "--noise=500",
                        "--burst=30",
                        "--storm=30",
                        "--json=" + json))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("NATS_SERVER", NatsBinary.path());
        var bench = builder.start();
        try {
            assertThat(bench.waitFor(15, TimeUnit.MINUTES)).isTrue();
        } finally {
            bench.destroy();
        }

        assertThat(bench.exitValue()).as("%s", output).isZero();
        var figures = new ObjectMapper().readTree(json.toFile());
        for (var run : List.of("triggers", "floor", "growth50", "burst", "burstFloor10", "burstFloor7", "storm")) {
            assertTimes(figures.path(run).path("paged"));
            assertTimes(figures.path(run).path("linked"));
        }
        for (var platform : List.of("datadog", "servicenow", "pagerduty")) {
            assertTimes(figures.path("changes").path(platform));
        }
        assertThat(figures.at("/changes/unanswered").asInt()).isZero();
        assertThat(figures.at("/changes/cpuMs").asDouble()).isPositive();
        assertThat(figures.at("/triggers/calls").asDouble()).isEqualTo(10);
        assertThat(figures.at("/floor/calls").asDouble())
                .as("the floor makes the same calls")
                .isEqualTo(10);
        assertThat(figures.at("/triggers/waitMs").asDouble()).isPositive();
        assertThat(figures.at("/triggers/cpuRatio").asDouble()).isPositive();
        assertThat(figures.at("/noise/peekPerSecond").asDouble()).isPositive();
        assertThat(figures.at("/noise/jqPerSecond").asDouble()).isPositive();
        assertThat(figures.at("/burst/calls").asDouble()).isEqualTo(10);
        assertThat(figures.at("/burstFloor10/calls").asDouble()).isEqualTo(10);
        assertThat(figures.at("/burstFloor7/calls").asDouble()).isEqualTo(7);
        assertThat(figures.at("/burst/cpuRatio10").asDouble()).isPositive();
        assertThat(figures.at("/burst/speedRatio7").asDouble()).isPositive();
        assertThat(figures.at("/storm/peakMb").asDouble()).isPositive();
    }

    private static void assertTimes(JsonNode times) {
        assertThat(times.path("count").asInt()).isPositive();
        assertThat(times.path("p50").asLong()).isGreaterThanOrEqualTo(5);
        assertThat(times.path("p99").asLong())
                .isBetween(times.path("p50").asLong(), times.path("max").asLong());
    }
}
