package io.xtribe.fusionhub.platform;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.FusionConfig.Mode;

/** The client of each platform, made when the first route names it. */
@Singleton
public class PlatformClients implements AutoCloseable {

    private final Platforms platforms;
    private final Instance<TransportFactory> transports;
    private final boolean observe;
    private final MeterRegistry metrics;
    private final Map<String, PlatformClient> clients = new ConcurrentHashMap<>();

    public PlatformClients(
            Platforms platforms, Instance<TransportFactory> transports, FusionConfig config, MeterRegistry metrics) {
        this.platforms = platforms;
        this.transports = transports;
        this.observe = config.mode() == Mode.OBSERVE;
        this.metrics = metrics;
    }

    /** @throws IllegalArgumentException when no such platform takes part */
    PlatformClient of(String name, CamelContext camel) {
        return clients.computeIfAbsent(name, unknown -> open(platforms.get(name), camel));
    }

    private PlatformClient open(Platform platform, CamelContext camel) {
        var wanted = platform.descriptor().transport();
        var transport = transports.stream()
                .filter(factory -> factory.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        platform.folder().location("platform.yaml") + ": there is no transport '" + wanted + "'"))
                .open(camel, platform);
        var pool = new LanePool(platform.name(), platform.settings().concurrency());
        return new PlatformClient(platform, transport, pool, observe, metrics);
    }

    @Override
    public void close() {
        clients.values().forEach(PlatformClient::close);
        clients.clear();
    }
}
