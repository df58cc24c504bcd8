package io.xtribe.fusionhub.platform;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.FusionConfig.Mode;

/** The client of each platform, made when the first route names it. */
@Singleton
public class PlatformClients implements AutoCloseable {

    private final Platforms platforms;
    private final Function<String, TransportFactory> transports;
    private final boolean observe;
    private final MeterRegistry metrics;
    private final Map<String, PlatformClient> clients = new ConcurrentHashMap<>();

    @Inject
    PlatformClients(
            Platforms platforms, Instance<TransportFactory> transports, FusionConfig config, MeterRegistry metrics) {
        this(platforms, name -> named(transports, name), config.mode() == Mode.OBSERVE, metrics);
    }

    /** With one transport for all, whatever their descriptors say. */
    public PlatformClients(Platforms platforms, Function<String, TransportFactory> transports, MeterRegistry metrics) {
        this(platforms, transports, false, metrics);
    }

    private PlatformClients(
            Platforms platforms,
            Function<String, TransportFactory> transports,
            boolean observe,
            MeterRegistry metrics) {
        this.platforms = platforms;
        this.transports = transports;
        this.observe = observe;
        this.metrics = metrics;
    }

    private static TransportFactory named(Instance<TransportFactory> transports, String name) {
        return transports.stream()
                .filter(factory -> factory.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no transport '" + name
                        + "': correct the member transport of platform.yaml, or leave it out"));
    }

    /** @throws IllegalArgumentException when no such platform takes part */
    PlatformClient of(String name, CamelContext camel) {
        return clients.computeIfAbsent(name, unknown -> open(platforms.get(name), camel));
    }

    private PlatformClient open(Platform platform, CamelContext camel) {
        var transport = transports.apply(platform.descriptor().transport()).open(camel, platform);
        var pool = new LanePool(platform.name(), platform.settings().concurrency());
        return new PlatformClient(platform, transport, pool, observe, metrics);
    }

    @Override
    public void close() {
        clients.values().forEach(PlatformClient::close);
        clients.clear();
    }
}
