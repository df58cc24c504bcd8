package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.util.ArrayList;

import io.xtribe.fusionhub.lab.local.LocalFailure;

/** How long a hub takes to be ready, and what it holds then. */
final class StartUp {

    private static final int STARTS = 5;
    private static final long IDLE_MILLIS = 5_000;

    private final Bench bench;

    StartUp(Bench bench) {
        this.bench = bench;
    }

    void measure(Report report) throws IOException, InterruptedException, LocalFailure {
        var times = new ArrayList<Long>();
        var cpu = new ArrayList<Long>();
        var idle = 0L;
        for (int start = 0; start < STARTS; start++) {
            var hub = bench.startHub("start");
            times.add(hub.readyAfter().toMillis());
            cpu.add(hub.usage().cpu().toMillis());
            if (start == STARTS - 1) {
                Thread.sleep(IDLE_MILLIS);
                idle = hub.usage().residentMb();
            }
            bench.children().stop(hub.child());
        }
        report.line("start", "ready", "start to ready", new Percentiles(times), "3000; 1500 on JDK 25");
        report.line("start", "readyCpu", "CPU until ready", new Percentiles(cpu), "");
        report.line("start", "idleMb", "resident when idle", idle, "MB", "220");
    }
}
