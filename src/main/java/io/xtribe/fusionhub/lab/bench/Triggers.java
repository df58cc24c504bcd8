package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntFunction;

import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.nats.Names;

/** Triggers at a steady rate: how fast, at what cost; and the same calls made by plain Java. */
final class Triggers {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String WAIT = "fusion_calls_wait_seconds";
    private static final int WARM_UP_FACTOR = 20;

    private final Bench bench;

    Triggers(Bench bench) {
        this.bench = bench;
    }

    /**
     * What a run at a steady rate showed.
     *
     * @param cpuMillis of the process under test alone
     * @param waitMillis how long a call waited for a connection, in the mean; 0 where it is not counted
     */
    record Run(Journeys journeys, double cpuMillis, double waitMillis) {
        double cpuMillisEach() {
            return cpuMillis / journeys.size();
        }

        double callsEach() {
            return (double) journeys.calls() / journeys.size();
        }
    }

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
                mine.journeys().toPaged(),
                "p99 " + (latency + 15) + " (L + 15)");
        report.line(
                "triggers",
                "linked",
                "signal to linked",
                mine.journeys().toLinked(),
                "p99 " + (2 * latency + 40) + " (2 L + 40)");
        report.line("triggers", "calls", "calls per incident", mine.callsEach(), "", "");
        report.line("triggers", "waitMs", "mean wait for a connection", mine.waitMillis(), "ms", "");
        report.line("triggers", "cpuMs", "CPU per incident", mine.cpuMillisEach(), "ms", "");
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
                mine.cpuMillisEach() / floor.cpuMillisEach(),
                "x",
                "3 x");
    }

    /** Warms a hub up, then lets incidents begin at the steady rate for some seconds. */
    Run run(Hub hub, String prefix, int warmUp, int seconds) throws IOException, InterruptedException, LocalFailure {
        var gun = new Gun(bench.nats(), Names.signals("datadog"));
        var before = hub.linked();
        End end = triggers -> hub.awaitLinked(before + triggers, LIMIT);
        var uncounted = warmUp(gun, prefix, warmUp, end);
        var waits = hub.metric(WAIT + "_count", "");
        var waited = hub.metric(WAIT + "_sum", "");
        var run = steady(gun, hub.usage(), prefix, seconds, triggers -> end.await(uncounted + triggers));
        waits = hub.metric(WAIT + "_count", "") - waits;
        waited = hub.metric(WAIT + "_sum", "") - waited;
        return new Run(run.journeys(), run.cpuMillis(), 1_000 * waited / waits);
    }

    private Run floor() throws IOException, InterruptedException, LocalFailure {
        bench.quiet();
        var child = bench.startFloor();
        var gun = new Gun(bench.nats(), Floor.SUBJECT);
        Floor.await(bench.nats(), bench.children());
        var writes = new SandboxWrites(bench.sandbox());
        End end = triggers -> writes.awaitQuiet(LIMIT);
        warmUp(gun, "floor", bench.load().warmUp, end);
        var run = steady(gun, new Usage(child.process().toHandle()), "floor", bench.load().seconds, end);
        bench.children().stop(child);
        return run;
    }

    /** Waits until that many were linked since the start. */
    private interface End {
        void await(int triggers) throws IOException, InterruptedException, LocalFailure;
    }

    /** Fast, and then at the rate of what is measured, while the JVM compiles what it has put off. Says how many. */
    private int warmUp(Gun gun, String prefix, int triggers, End end)
            throws IOException, InterruptedException, LocalFailure {
        var load = bench.load();
        gun.fire(triggers, load.interval().dividedBy(WARM_UP_FACTOR), alerts(prefix + "-warm-up-"));
        end.await(triggers);
        var leadIn = load.rate * load.leadIn;
        gun.fire(leadIn, load.interval(), alerts(prefix + "-lead-in-"));
        end.await(triggers + leadIn);
        return triggers + leadIn;
    }

    private Run steady(Gun gun, Usage usage, String prefix, int seconds, End end)
            throws IOException, InterruptedException, LocalFailure {
        var after = bench.sandbox().counts().path("total").asLong();
        var before = usage.cpu();
        var count = bench.load().rate * seconds;
        var journeys = gun.fire(count, bench.load().interval(), alerts(prefix + "-"));
        end.await(count);
        var cpu = usage.cpu().minus(before);
        return new Run(journeys.read(bench.sandbox(), after), cpu.toMillis(), 0);
    }

    private static IntFunction<Alert> alerts(String prefix) {
        var run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        return number -> Alert.triggered(prefix + run + "-" + number, number % 2 == 0 ? "P1" : "P2");
    }
}
