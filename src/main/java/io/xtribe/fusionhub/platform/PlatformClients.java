package io.xtribe.fusionhub.platform;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.FusionConfig.Mode;
import io.xtribe.fusionhub.platform.availability.Availability;

/** The client of each platform, made when the first route names it. */
@Singleton
public class PlatformClients implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PlatformClients.class);

    private final Platforms platforms;
    private final Function<String, TransportFactory> transports;
    private final Availability availability;
    private final boolean observe;
    private final MeterRegistry metrics;
    private final Map<String, PlatformClient> clients = new ConcurrentHashMap<>();

    @Inject
    PlatformClients(
            Platforms platforms,
            Instance<TransportFactory> transports,
            Availability availability,
            FusionConfig config,
            MeterRegistry metrics) {
        this(platforms, name -> named(transports, name), availability, config.mode() == Mode.OBSERVE, metrics);
    }

    /** With one transport for all, whatever their descriptors say. */
    public PlatformClients(
            Platforms platforms,
            Function<String, TransportFactory> transports,
            Availability availability,
            MeterRegistry metrics) {
        this(platforms, transports, availability, false, metrics);
    }

    private PlatformClients(
            Platforms platforms,
            Function<String, TransportFactory> transports,
            Availability availability,
            boolean observe,
            MeterRegistry metrics) {
        this.platforms = platforms;
        this.transports = transports;
        this.availability = availability;
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
        ForwardProxy.to(platform.settings().url())
                .ifPresent(proxy -> LOG.infof("%s is called through the proxy %s", platform.name(), proxy));
        var transport = transports
                .apply(platform.descriptor().transport())
                .open(camel, platform, availability.of(platform.name()));
        var pool = new LanePool(platform.name(), platform.settings().concurrency());
        return new PlatformClient(platform, transport, pool, availability.of(platform.name()), observe, metrics);
    }

    @Override
    public void close() {
        clients.values().forEach(PlatformClient::close);
        clients.clear();
    }
}
