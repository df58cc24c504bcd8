package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.xtribe.fusionhub.lab.local.Children;
import io.xtribe.fusionhub.lab.local.Installation;
import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.lab.local.LocalPorts;
import io.xtribe.fusionhub.lab.local.Screen;

/**
 * Measures the packaged hub against the sandbox, each as a process of its own, and plain Java doing the same calls in
 * the same run. Absolute figures depend on the machine; ratios can be compared between machines.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures latency, CPU, memory and throughput of the hub against the sandbox.")
public final class BenchCommand implements Callable<Integer> {

    @Mixin
    Load load;

    @Option(
            names = "--jdk",
            description = "Java version to run the hub on, such as 17 or 25. Default: the java that runs this")
    Integer jdk;

    @Option(names = "--only", split = ",", description = "Only these parts: ${COMPLETION-CANDIDATES}. Default: all")
    List<Part> only = List.of(Part.values());

    @Option(names = "--profile", description = "Record the hub with Flight Recorder and list its hottest methods")
    boolean profile;

    @Option(names = "--json", description = "Where the figures go as JSON as well. Default: ${DEFAULT-VALUE}")
    Path json = Path.of("target", "bench", "bench.json");

    /** What can be measured. */
    enum Part {
        start,
        triggers,
        changes,
        growth,
        noise,
        burst,
        storm,
        jobs
    }

    @Override
    public Integer call() {
        var screen = new Screen(System.out);
        try (var children = new Children(screen)) {
            if (only.contains(Part.growth) && !only.contains(Part.triggers)) {
                throw new LocalFailure(
                        "The part 'growth' copies an incident of 'triggers': use --only triggers,growth");
            }
            children.endWithThisProcess();
            var installation = Installation.find();
            var java = Jdks.java(jdk);
            makeCache(new AotCache(installation, java), java);
            var ports = LocalPorts.choose(new LocalPorts(4222, 9400, 8080, 9000), screen);
            var bench = new Bench(installation, java, ports, children, screen, load, profile);
            var result = measure(bench, screen);
            bench.end();
            var file = json.toAbsolutePath();
            Files.createDirectories(file.getParent());
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), result);
            screen.say("");
            screen.say("As JSON: " + file);
            return 0;
        } catch (LocalFailure | IOException e) {
            screen.say("");
            screen.say(e instanceof LocalFailure ? e.getMessage() : "The benchmark failed: " + e);
            return 1;
        } catch (InterruptedException stopped) {
            return 1;
        }
    }

    private void makeCache(AotCache cache, Path java) throws IOException {
        if (Jdks.version(java.getParent().getParent()) >= AotCache.SINCE && !cache.isFresh()) {
            var training = new AotCommand();
            training.jdk = jdk;
            training.call();
        }
    }

    private ObjectNode measure(Bench bench, Screen screen) throws IOException, InterruptedException, LocalFailure {
        var report = new Report(bench.machine());
        report.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        bench.startSurroundings();
        try {
            for (var part : Part.values()) {
                if (only.contains(part)) {
                    screen.say("");
                    screen.say("== " + part);
                    measure(part, bench, report);
                }
            }
        } finally {
            // What was measured before something failed is not lost.
            screen.say("");
            screen.say(report.text());
        }
        return report.json();
    }

    private static void measure(Part part, Bench bench, Report report)
            throws IOException, InterruptedException, LocalFailure {
        switch (part) {
            case start -> new StartUp(bench).measure(report);
            case triggers -> new Triggers(bench).measure(report);
            case changes -> new Changes(bench).measure(report);
            case growth -> new Growth(bench).measure(report);
            case noise -> new Noise(bench).measure(report);
            case burst -> new Burst(bench).measure(report);
            case storm -> new Storm(bench).measure(report);
            case jobs -> new Jobs(bench).measure(report);
        }
    }

    /** What is thrown at the hub. */
    static final class Load {
        @Option(
                names = "--rate",
                defaultValue = "5",
                description = "Triggers, or changes, per second. Default: ${DEFAULT-VALUE}")
        int rate;

        @Option(names = "--seconds", defaultValue = "30", description = "How long. Default: ${DEFAULT-VALUE}")
        int seconds;

        // What is called once an incident reaches its final compilation after more than 5,000 of them.
        @Option(
                names = "--warm-up",
                defaultValue = "8000",
                description = "Triggers beforehand, twenty times as fast. Default: ${DEFAULT-VALUE}")
        int warmUp;

        @Option(
                names = "--lead-in",
                defaultValue = "10",
                description = "Seconds at that rate before anything is counted. Default: ${DEFAULT-VALUE}")
        int leadIn;

        @Option(
                names = "--latency",
                defaultValue = "50",
                description = "Milliseconds until a platform answers. Default: ${DEFAULT-VALUE}")
        int latency;

        @Option(
                names = "--heap",
                defaultValue = "208m",
                description = "The hub's largest heap. Default: ${DEFAULT-VALUE}")
        String heap;

        @Option(
                names = "--tracked",
                split = ",",
                defaultValue = "10,1000,100000",
                description = "Numbers of incidents known beforehand. Default: ${DEFAULT-VALUE}")
        List<Integer> tracked;

        @Option(
                names = "--noise",
                defaultValue = "300000",
                description = "Signals that must open nothing, per kind. Default: ${DEFAULT-VALUE}")
        int noise;

        @Option(
                names = "--burst",
                defaultValue = "1000",
                description = "Triggers at once, at what is warm. Default: ${DEFAULT-VALUE}")
        int burst;

        @Option(names = "--storm", defaultValue = "10000", description = "Triggers at once. Default: ${DEFAULT-VALUE}")
        int storm;

        @Option(
                names = "--standing",
                defaultValue = "10000",
                description = "Open incidents that a job reconciles. Default: ${DEFAULT-VALUE}")
        int standing;

        @Option(
                names = "--webhooks",
                description = "The sandbox sends its webhooks back, as platforms do. Default: only where said")
        boolean webhooks;

        Duration interval() {
            return Duration.ofNanos(1_000_000_000L / rate);
        }
    }
}
