package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntFunction;

import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.lab.local.Patience;
import io.xtribe.fusionhub.nats.Names;

/** How many signals per second that open no incident a hub drops: it starts with all of them waiting. */
final class Noise {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final double FIRST_COUNTED = 0.3;
    private static final double LAST_COUNTED = 0.95;

    private final Bench bench;

    Noise(Bench bench) {
        this.bench = bench;
    }

    void measure(Report report) throws IOException, InterruptedException, LocalFailure {
        // The streams that the signals wait in are the hub's to make.
        bench.children().stop(bench.startHub("noise").child());
        report.line(
                "noise",
                "peekPerSecond",
                "noise dropped, decided by a peek",
                flood("peek", number -> Alert.triggered("peek-" + number, "P4")),
                "signals/s",
                "50,000");
        report.line(
                "noise",
                "jqPerSecond",
                "noise dropped, decided by the mapping",
                flood("jq", number -> new Alert("jq-" + number, "P1", "Triggered", "[TEST] trying out a monitor")),
                "signals/s",
                "20,000");
    }

    /** The rate between a third and nearly all of them, so that neither the start nor the last few count. */
    private double flood(String name, IntFunction<Alert> alerts)
            throws IOException, InterruptedException, LocalFailure {
        var count = bench.load().noise;
        var step = bench.screen().step("Storing " + count + " signals");
        new Gun(bench.nats(), Names.signals("datadog")).fire(count, Duration.ZERO, alerts);
        step.done("stored", "");
        var hub = bench.startHub("noise-" + name);
        var marks = new long[2];
        if (!Patience.of(LIMIT).until(() -> mark(hub, count, marks))) {
            throw new LocalFailure("The noise was not taken in time." + System.lineSeparator()
                    + hub.child().lastWords());
        }
        bench.stop(hub, "noise-" + name);
        return marks[1];
    }

    /** Sees the counter pass; afterwards the second mark holds the rate. */
    private static boolean mark(Hub hub, int count, long[] marks) throws IOException, InterruptedException {
        var dropped = hub.metric("fusion_signals_total", "outcome=\"noise\"");
        var now = System.nanoTime();
        if (marks[0] == 0 && dropped >= count * FIRST_COUNTED) {
            marks[0] = now;
            marks[1] = Math.round(dropped);
        }
        if (dropped < count * LAST_COUNTED) {
            return false;
        }
        marks[1] = Math.round((dropped - marks[1]) / ((now - marks[0]) / 1e9));
        return true;
    }
}
