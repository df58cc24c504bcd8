package io.xtribe.fusionhub.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import io.xtribe.fusionhub.local.Child;
import io.xtribe.fusionhub.local.LocalFailure;
import io.xtribe.fusionhub.local.LocalPorts;
import io.xtribe.fusionhub.local.Patience;
import io.xtribe.fusionhub.local.Web;

/** A running hub, seen from outside: its process and its metrics. */
final class Hub {

    private static final Duration ASK_EVERY = Duration.ofMillis(500);

    private final Child child;
    private final Duration readyAfter;
    private final Web web;
    private final String metrics;
    private final Usage usage;

    Hub(Child child, Duration readyAfter, Web web, LocalPorts ports) {
        this.child = child;
        this.readyAfter = readyAfter;
        this.web = web;
        this.metrics = "http://localhost:" + ports.management() + "/q/metrics";
        this.usage = new Usage(child.process().toHandle());
    }

    Child child() {
        return child;
    }

    /** From the start of the process to a readiness probe that says yes, looked at every 50 ms. */
    Duration readyAfter() {
        return readyAfter;
    }

    Usage usage() {
        return usage;
    }

    /** The sum of all samples of a metric whose labels contain the text. */
    double metric(String name, String label) throws IOException, InterruptedException {
        return web.get(metrics, Map.of("Accept", "text/plain"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(label))
                .filter(line -> line.charAt(name.length()) == '{' || line.charAt(name.length()) == ' ')
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** How many incidents were linked since the start. */
    long linked() throws IOException, InterruptedException {
        return Math.round(metric("fusion_time_to_linked_seconds_count", ""));
    }

    /** Waits until that many incidents were linked since the start. */
    void awaitLinked(long wanted, Duration limit) throws InterruptedException, LocalFailure {
        // Asked seldom: the hub's answers cost what is measured.
        if (!Patience.of(limit, ASK_EVERY).until(() -> !child.process().isAlive() || linked() >= wanted)
                || !child.process().isAlive()) {
            throw new LocalFailure("Not all of " + wanted + " incidents were linked within " + limit.toSeconds() + " s."
                    + System.lineSeparator() + child.tail());
        }
    }
}
