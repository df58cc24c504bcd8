package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;

import io.xtribe.fusionhub.lab.local.LocalFailure;

/** How latency, cost and memory change with the number of incidents that are tracked already. */
final class Growth {

    private static final int LONGEST_SECONDS = 20;
    /** A quarter of the triggers beforehand will do: sizes are compared with each other, each on a hub just started. */
    private static final int WARM_UP_SHARE = 4;

    private final Bench bench;

    Growth(Bench bench) {
        this.bench = bench;
    }

    void measure(Report report) throws IOException, InterruptedException, LocalFailure {
        var triggers = new Triggers(bench);
        var known = new Known(bench);
        for (int tracked : bench.load().tracked) {
            bench.quiet();
            known.fillUp(tracked);
            var hub = bench.startHub("growth-" + tracked);
            var run = triggers.run(
                    hub,
                    "g" + tracked,
                    bench.load().warmUp / WARM_UP_SHARE,
                    Math.min(LONGEST_SECONDS, bench.load().seconds));
            var part = "growth" + tracked;
            var label = String.format("with %,d tracked: ", tracked);
            report.line(
                    part, "ready", label + "start to ready", hub.readyAfter().toMillis(), "ms", "");
            report.line(
                    part,
                    "paged",
                    label + "to paged",
                    run.incidents().journeys().toPaged(),
                    "flat");
            report.line(
                    part,
                    "linked",
                    label + "to linked",
                    run.incidents().journeys().toLinked(),
                    "flat");
            report.line(
                    part, "cpuMs", label + "CPU per incident", run.incidents().cpuMillisEach(), "ms", "flat");
            report.line(part, "residentMb", label + "resident", hub.usage().residentMb(), "MB", "");
            bench.stop(hub, "growth-" + tracked);
        }
    }
}
