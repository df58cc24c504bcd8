package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;

import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.nats.Names;

/** Very many triggers at once, one in ten of them a P1. */
final class Storm {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int P1_EVERY = 10;

    private final Bench bench;

    Storm(Bench bench) {
        this.bench = bench;
    }

    void measure(Report report) throws IOException, InterruptedException, LocalFailure {
        bench.quiet();
        var count = bench.load().storm;
        var hub = bench.startHub("storm");
        var gun = new Gun(bench.nats(), Names.signals("datadog"));
        var run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        var urgent = new ArrayList<Alert>();
        var linked = hub.linked();
        var before = hub.usage().cpu();
        var began = System.nanoTime();
        var all = gun.fire(count, Duration.ZERO, number -> {
            var alert = Alert.triggered("storm-" + run + "-" + number, number % P1_EVERY == 0 ? "P1" : "P2");
            if (number % P1_EVERY == 0) {
                urgent.add(alert);
            }
            return alert;
        });
        hub.awaitLinked(linked + count, LIMIT);
        var seconds = (System.nanoTime() - began) / 1e9;
        var cpu = hub.usage().cpu().minus(before).toMillis();
        var peak = hub.usage().peakMb();
        all.read(bench.sandbox(), 0);
        bench.stop(hub, "storm");

        var p1 = all.toPaged(urgent);
        report.line("storm", "paged", "storm of " + count + ": to paged", all.toPaged(), "");
        report.line("storm", "pagedP1", "storm: to paged, the P1s", p1, "");
        report.line(
                "storm",
                "firstPagedMs",
                "storm: first page after",
                all.toPaged().at(0),
                "ms",
                "");
        report.line(
                "storm", "lastPagedMs", "storm: last page after", all.toPaged().max(), "ms", "");
        report.line("storm", "linked", "storm: to linked", all.toLinked(), "");
        report.line("storm", "perSecond", "storm: incidents per second", count / seconds, "", "");
        report.line("storm", "cpuMs", "storm: CPU per incident", (double) cpu / count, "ms", "");
        report.line("storm", "callsEach", "storm: calls per incident", (double) all.calls() / count, "", "");
        report.line("storm", "peakMb", "storm: peak resident", peak, "MB", "450");
    }
}
