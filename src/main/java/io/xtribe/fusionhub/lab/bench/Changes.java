package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.nats.Names;

/**
 * People change open incidents at a steady rate, each on one platform: how long it takes until the last write to another record was
 * answered. Each incident is changed once, so that each write has one cause.
 */
final class Changes {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** Less than for triggers: the same code runs for each change as for a signal of any other kind. */
    private static final int WARM_UP_SHARE = 8;

    private static final int WARM_UP_FACTOR = 10;

    private final Bench bench;

    Changes(Bench bench) {
        this.bench = bench;
    }

    /**
     * One change by a person.
     *
     * @param incident our id
     * @param at when the person asked for it, by the clock that the sandbox has as well
     */
    private record Made(Deed deed, String incident, long at) {}

    void measure(Report report) throws IOException, InterruptedException, LocalFailure {
        bench.quiet();
        var hub = bench.startHub("changes");
        try {
            measure(hub, report);
        } finally {
            bench.stop(hub, "changes");
        }
    }

    private void measure(Hub hub, Report report) throws IOException, InterruptedException, LocalFailure {
        var load = bench.load();
        var count = load.rate * load.seconds;
        var warmUp = open(hub, "changes-warm-up", Math.max(Deed.values().length, load.warmUp / WARM_UP_SHARE));
        var incidents = open(hub, "changes", count);
        webhooks(true);
        var ids = recordIds();
        change(warmUp, ids, load.interval().dividedBy(WARM_UP_FACTOR));
        var writes = new SandboxWrites(bench.sandbox());
        writes.awaitQuiet(LIMIT);

        var after = bench.sandbox().counts().path("total").asLong();
        var before = hub.usage().cpu();
        var made = change(incidents, ids, load.interval());
        writes.awaitQuiet(LIMIT);
        var cpu = hub.usage().cpu().minus(before).toMillis();
        webhooks(load.webhooks);

        var times = times(made, lastWrites(bench.sandbox().callsAfter(after)));
        var budget = "p99 " + (2 * load.latency + 40) + " (2 L + 40)";
        for (var platform : Deed.platforms()) {
            report.line(
                    "changes",
                    platform,
                    "change in " + platform + " to the last write",
                    new Percentiles(times.get(platform)),
                    budget);
        }
        var written = times.values().stream().mapToInt(List::size).sum();
        report.line("changes", "unanswered", "changes that led to no write", count - written, "", "0");
        report.line("changes", "cpuMs", "CPU per change", (double) cpu / count, "ms", "");
    }

    private void webhooks(boolean enabled) throws IOException, InterruptedException {
        bench.sandbox()
                .settings("{\"webhooks\":{\"enabled\":{\"datadog\":%1$b,\"servicenow\":%1$b,\"pagerduty\":%1$b}}}"
                        .formatted(enabled));
    }

    /** Incidents that are opened and linked; their ids. */
    private List<String> open(Hub hub, String prefix, int count)
            throws IOException, InterruptedException, LocalFailure {
        var run = prefix + "-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-";
        var linked = hub.linked();
        var opened = new ArrayList<String>();
        new Gun(bench.nats(), Names.signals("datadog"))
                .fire(count, bench.load().interval().dividedBy(WARM_UP_FACTOR), number -> {
                    var alert = Alert.triggered(run + number, number % 2 == 0 ? "P1" : "P2");
                    opened.add(alert.correlationId());
                    return alert;
                });
        hub.awaitLinked(linked + count, LIMIT);
        return opened;
    }

    /** The ids of the incidents' records, by platform and our id. */
    private Map<String, String> recordIds() throws IOException, InterruptedException {
        var ids = new HashMap<String, String>();
        var records = bench.sandbox().records();
        for (var platform : Deed.platforms()) {
            for (var record : records.path(platform)) {
                if (record.path("kind").asText().equals("incident")) {
                    ids.put(
                            platform + "/" + record.path("key").asText(),
                            record.path("id").asText());
                }
            }
        }
        return ids;
    }

    private List<Made> change(List<String> incidents, Map<String, String> ids, Duration interval)
            throws IOException, InterruptedException {
        var made = new ArrayList<Made>();
        var next = System.nanoTime();
        for (var incident : incidents) {
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            next += interval.toNanos();
            var deed = Deed.ofTurn(made.size());
            var at = System.currentTimeMillis();
            bench.sandbox().fire(deed.path(ids.get(deed.platform() + "/" + incident)), deed.body());
            made.add(new Made(deed, incident, at));
        }
        return made;
    }

    /** When the last write to a record of each incident was answered. */
    private static Map<String, Long> lastWrites(JsonNode calls) {
        var last = new HashMap<String, Long>();
        for (var call : calls) {
            if (call.path("write").asBoolean()) {
                last.merge(Journeys.incident(call), call.path("answeredAt").asLong(), Math::max);
            }
        }
        return last;
    }

    private static Map<String, List<Long>> times(List<Made> made, Map<String, Long> lastWrites) {
        var times = new HashMap<String, List<Long>>();
        Deed.platforms().forEach(platform -> times.put(platform, new ArrayList<>()));
        for (var one : made) {
            var last = lastWrites.get(one.incident());
            if (last != null) {
                times.get(one.deed().platform()).add(last - one.at());
            }
        }
        return times;
    }
}
