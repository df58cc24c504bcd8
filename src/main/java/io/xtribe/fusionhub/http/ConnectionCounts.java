package io.xtribe.fusionhub.http;

import io.micrometer.core.instrument.Metrics;

/** Counts the connections that the hub closed itself, by reason. */
final class ConnectionCounts {

    private ConnectionCounts() {}

    static void closed(String reason) {
        // Netty makes the handlers, so that no registry can be injected.
        Metrics.counter("fusion.http.closed", "reason", reason).increment();
    }
}
