package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.nats.Names;

/** Triggers at a steady rate, without a batch job and beside one that reconciles very many open incidents. */
final class Jobs {

    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final int LEAST_SECONDS = 10;
    /** Done, also where something is left: the monitors of these alerts are not in the sandbox. */
    private static final Set<Integer> ENDED_WELL = Set.of(0, 3);

    private final Bench bench;
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    Jobs(Bench bench) {
        this.bench = bench;
    }

    void measure(Report report) throws IOException, InterruptedException, LocalFailure {
        bench.quiet();
        var hub = bench.startHub("jobs");
        try {
            measure(hub, report);
        } finally {
            bench.stop(hub, "jobs");
        }
    }

    private void measure(Hub hub, Report report) throws IOException, InterruptedException, LocalFailure {
        var load = bench.load();
        var gun = new Gun(bench.nats(), Names.signals("datadog"));
        var linked = hub.linked();
        gun.fire(load.standing, Duration.ZERO, number -> alert("standing", number));
        hub.awaitLinked(linked + load.standing, LIMIT);

        var after = total();
        var alone = new Journeys();
        for (var second = 0; second < load.seconds; second++) {
            alone.join(second(gun, "alone-" + second + "-"));
        }
        hub.awaitLinked(linked + load.standing + alone.size(), LIMIT);
        alone.read(bench.sandbox(), after);

        after = total();
        var beside = new Journeys();
        var began = System.nanoTime();
        var job = bench.startJob("job", "reconcile", "--progress", "none");
        var usage = new Usage(job.process().toHandle());
        var cpu = Duration.ZERO;
        for (var second = 0; job.process().isAlive() || second < LEAST_SECONDS; second++) {
            beside.join(second(gun, "beside-" + second + "-"));
            if (job.process().isAlive()) {
                cpu = usage.cpu();
            }
        }
        var seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        if (!ENDED_WELL.contains(job.process().exitValue())) {
            throw new LocalFailure(
                    "The job ended with " + job.process().exitValue() + "." + System.lineSeparator() + job.lastWords());
        }
        hub.awaitLinked(linked + load.standing + alone.size() + beside.size(), LIMIT);
        beside.read(bench.sandbox(), after);

        report.line("jobs", "alone", "signal to paged, " + load.standing + " incidents open", alone.toPaged(), "");
        report.line("jobs", "beside", "signal to paged, beside reconcile of them", beside.toPaged(), "");
        report.line(
                "jobs",
                "ratio",
                "page p99, beside to alone",
                (double) beside.toPaged().at(0.99) / alone.toPaged().at(0.99),
                "x",
                "1.5 x");
        report.line("jobs", "seconds", "reconcile, its start included", seconds, "s", "");
        report.line("jobs", "cpuSeconds", "CPU of the job", cpu.toMillis() / 1_000.0, "s", "");
    }

    private Journeys second(Gun gun, String prefix) throws InterruptedException {
        return gun.fire(bench.load().rate, bench.load().interval(), number -> alert(prefix, number));
    }

    private long total() throws IOException, InterruptedException {
        return bench.sandbox().counts().path("total").asLong();
    }

    private Alert alert(String prefix, int number) {
        return Alert.triggered("jobs-" + run + "-" + prefix + number, number % 2 == 0 ? "P1" : "P2");
    }
}
