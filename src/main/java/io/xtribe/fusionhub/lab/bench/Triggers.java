package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;

import io.xtribe.fusionhub.lab.local.LocalFailure;

/** Triggers at a steady rate: how fast, at what cost; and the same calls made by plain Java. */
final class Triggers {

    private static final String WAIT = "fusion_calls_wait_seconds";

    private final Bench bench;

    Triggers(Bench bench) {
        this.bench = bench;
    }

    /**
     * What a run of the hub at a steady rate showed.
     *
     * @param waitMillis how long a call waited for a connection, in the mean
     */
    record Run(Contender.Run incidents, double waitMillis) {}

    void measure(Report report) throws IOException, InterruptedException, LocalFailure {
        var hub = bench.startHub("triggers");
        var mine = run(hub, "b", bench.load().warmUp, bench.load().seconds);
        var peak = hub.usage().peakMb();
        bench.stop(hub, "triggers");
        var floor = floor();

        var latency = bench.load().latency;
        report.line(
                "triggers",
                "paged",
                "signal to paged",
                mine.incidents().journeys().toPaged(),
                "p99 " + (latency + 15) + " (L + 15)");
        report.line(
                "triggers",
                "linked",
                "signal to linked",
                mine.incidents().journeys().toLinked(),
                "p99 " + (2 * latency + 40) + " (2 L + 40)");
        report.line("triggers", "calls", "calls per incident", mine.incidents().callsEach(), "", "");
        report.line("triggers", "waitMs", "mean wait for a connection", mine.waitMillis(), "ms", "");
        report.line("triggers", "cpuMs", "CPU per incident", mine.incidents().cpuMillisEach(), "ms", "");
        report.line("triggers", "peakMb", "peak resident", peak, "MB", "");
        report.line(
                "floor",
                "paged",
                "plain Java: signal to paged",
                floor.journeys().toPaged(),
                "");
        report.line(
                "floor",
                "linked",
                "plain Java: signal to linked",
                floor.journeys().toLinked(),
                "");
        report.line("floor", "calls", "plain Java: calls per incident", floor.callsEach(), "", "");
        report.line("floor", "cpuMs", "plain Java: CPU per incident", floor.cpuMillisEach(), "ms", "");
        report.line(
                "triggers",
                "cpuRatio",
                "CPU, hub to plain Java",
                mine.incidents().cpuMillisEach() / floor.cpuMillisEach(),
                "x",
                "3 x");
    }

    /** Warms a hub up, then lets incidents begin at the steady rate for some seconds. */
    Run run(Hub hub, String prefix, int warmUp, int seconds) throws IOException, InterruptedException, LocalFailure {
        var contender = Contender.hub(bench, hub);
        contender.warmUp(prefix, warmUp);
        var waits = hub.metric(WAIT + "_count", "");
        var waited = hub.metric(WAIT + "_sum", "");
        var run = steady(contender, prefix, seconds);
        waits = hub.metric(WAIT + "_count", "") - waits;
        waited = hub.metric(WAIT + "_sum", "") - waited;
        return new Run(run, 1_000 * waited / waits);
    }

    private Contender.Run floor() throws IOException, InterruptedException, LocalFailure {
        bench.quiet();
        var child = bench.startFloor(Floor.CALLS);
        var contender = Contender.floor(bench, new Usage(child.process().toHandle()));
        contender.warmUp("floor", bench.load().warmUp);
        var run = steady(contender, "floor", bench.load().seconds);
        bench.children().stop(child);
        return run;
    }

    private Contender.Run steady(Contender contender, String prefix, int seconds)
            throws IOException, InterruptedException, LocalFailure {
        return contender.run(prefix, bench.load().rate * seconds, bench.load().interval());
    }
}
