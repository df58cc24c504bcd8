package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfoOptions;

import io.xtribe.fusionhub.lab.local.Child;
import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.lab.local.LocalPorts;
import io.xtribe.fusionhub.lab.local.Patience;
import io.xtribe.fusionhub.lab.local.Web;
import io.xtribe.fusionhub.nats.Names;

/** A running hub, seen from outside: its process and its metrics. */
final class Hub {

    private static final String LINKED = Names.event("linked");
    private static final Duration ASK_EVERY = Duration.ofMillis(500);

    private final Child child;
    private final Duration readyAfter;
    private final Web web;
    private final Connection nats;
    private final String metrics;
    private final Usage usage;

    Hub(Child child, Duration readyAfter, Web web, LocalPorts ports, Connection nats) {
        this.child = child;
        this.readyAfter = readyAfter;
        this.web = web;
        this.nats = nats;
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

    /** How many incidents the hubs have reported as linked, each counted once. */
    long linked() throws IOException, InterruptedException {
        try {
            var counts = nats.jetStreamManagement()
                    .getStreamInfo(Names.EVENTS, StreamInfoOptions.filterSubjects(LINKED))
                    .getStreamState()
                    .getSubjectMap();
            return counts.getOrDefault(LINKED, 0L);
        } catch (JetStreamApiException e) {
            throw new IOException("the events cannot be counted", e);
        }
    }

    /** Waits until that many incidents are linked. */
    void awaitLinked(long wanted, Duration limit) throws InterruptedException, LocalFailure {
        if (!Patience.of(limit, ASK_EVERY).until(() -> !child.process().isAlive() || linked() >= wanted)
                || !child.process().isAlive()) {
            throw new LocalFailure("Not all of " + wanted + " incidents were linked within " + limit.toSeconds() + " s."
                    + System.lineSeparator() + child.lastWords());
        }
    }
}
