package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.time.Duration;

import io.xtribe.fusionhub.lab.local.LocalFailure;

/**
 * Triggers all at once at a hub that is warm, and at plain Java, each as fast as it can: once with the hub's calls, once with those
 * that are left where Datadog has no case.
 */
final class Burst {

    private final Bench bench;

    Burst(Bench bench) {
        this.bench = bench;
    }

    void measure(Report report) throws IOException, InterruptedException, LocalFailure {
        bench.quiet();
        var hub = bench.startHub("burst");
        var mine = run(Contender.hub(bench, hub), "burst");
        var peak = hub.usage().peakMb();
        bench.stop(hub, "burst");
        var same = floor(Floor.CALLS);
        var fewer = floor(Floor.CALLS_WITHOUT_CASE);

        show(report, "burst", "burst of " + bench.load().burst, mine);
        report.line("burst", "peakMb", "burst: peak resident", peak, "MB", "450");
        show(report, "burstFloor" + Floor.CALLS, "burst: plain Java, " + Floor.CALLS + " calls", same);
        show(
                report,
                "burstFloor" + Floor.CALLS_WITHOUT_CASE,
                "burst: plain Java, " + Floor.CALLS_WITHOUT_CASE + " calls",
                fewer);
        compare(report, mine, same, Floor.CALLS, "", "");
        compare(report, mine, fewer, Floor.CALLS_WITHOUT_CASE, "3 x", "0.33 x");
    }

    private Contender.Run run(Contender contender, String prefix)
            throws IOException, InterruptedException, LocalFailure {
        contender.warmUp(prefix, bench.load().warmUp);
        return contender.run(prefix, bench.load().burst, Duration.ZERO);
    }

    private Contender.Run floor(int calls) throws IOException, InterruptedException, LocalFailure {
        bench.quiet();
        var child = bench.startFloor(calls);
        var run = run(Contender.floor(bench, new Usage(child.process().toHandle())), "floor" + calls);
        bench.children().stop(child);
        return run;
    }

    private static void show(Report report, String part, String label, Contender.Run run) {
        var journeys = run.journeys();
        report.line(part, "paged", label + ": to paged", journeys.toPaged(), "");
        report.line(part, "linked", label + ": to linked", journeys.toLinked(), "");
        report.line(part, "perSecond", label + ": incidents per second", journeys.perSecond(), "", "");
        report.line(part, "cpuMs", label + ": CPU per incident", run.cpuMillisEach(), "ms", "");
        report.line(part, "calls", label + ": calls per incident", run.callsEach(), "", "");
    }

    private static void compare(
            Report report, Contender.Run mine, Contender.Run floor, int calls, String cpuBudget, String speedBudget) {
        report.line(
                "burst",
                "cpuRatio" + calls,
                "burst: CPU, hub to plain Java with " + calls + " calls",
                mine.cpuMillisEach() / floor.cpuMillisEach(),
                "x",
                cpuBudget);
        report.line(
                "burst",
                "speedRatio" + calls,
                "burst: incidents/s, hub to plain Java with " + calls + " calls",
                mine.journeys().perSecond() / floor.journeys().perSecond(),
                "x",
                speedBudget);
    }
}
