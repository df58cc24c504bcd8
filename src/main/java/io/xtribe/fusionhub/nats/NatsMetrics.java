package io.xtribe.fusionhub.nats;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Gauges of the connection and of what the hub needs there; none of them asks the server. */
final class NatsMetrics {

    private NatsMetrics() {}

    static void register(NatsLink nats, Provisioning provisioning, MeterRegistry metrics) {
        Gauge.builder("fusion.nats.connected", nats, one -> one.isConnected() ? 1 : 0)
                .description("Whether this hub is connected to NATS")
                .register(metrics);
        FunctionCounter.builder("fusion.nats.reconnects", nats, NatsLink::reconnects)
                .description("How often this hub has connected to NATS again")
                .register(metrics);
        provisioning.buckets().forEach(name -> Gauge.builder(
                        "fusion.kv.usable", nats, one -> isUsable(one, provisioning, "bucket " + name) ? 1 : 0)
                .description("Whether this bucket is there, as this hub has seen last")
                .tag("bucket", name)
                .register(metrics));
        provisioning.streams().forEach(name -> Gauge.builder(
                        "fusion.stream.usable", nats, one -> isUsable(one, provisioning, "stream " + name) ? 1 : 0)
                .description("Whether this stream is there, as this hub has seen last")
                .tag("stream", name)
                .register(metrics));
    }

    private static boolean isUsable(NatsLink nats, Provisioning provisioning, String what) {
        return nats.isConnected()
                && provisioning.missing().stream().noneMatch(gap -> gap.equals(what) || gap.startsWith(what + " "));
    }
}
