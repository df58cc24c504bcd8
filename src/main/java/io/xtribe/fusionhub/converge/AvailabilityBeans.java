package io.xtribe.fusionhub.converge;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.nats.HubMembers;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.AvailabilityMetrics;
import io.xtribe.fusionhub.platform.availability.RateRule;

/** The platforms' availability for the application. */
class AvailabilityBeans {

    @Produces
    @Singleton
    @Named("availability")
    Availability availability(Platforms platforms, HubMembers members, FusionConfig config, MeterRegistry metrics) {
        var availability = new Availability(
                platforms.all().stream().map(platform -> rule(platform, config)).toList(),
                System::nanoTime,
                members::live,
                config.breaker().waitFirst(),
                config.breaker().waitLongest());
        AvailabilityMetrics.register(availability, metrics);
        Gauge.builder("fusion.platform.folders.broken", platforms, all -> all.broken()
                        .size())
                .description("Mounted folders of platforms that cannot be used")
                .register(metrics);
        return availability;
    }

    @Produces
    @Singleton
    @Named("probes")
    Probes probes(Availability availability) {
        return new Probes(availability);
    }

    @Produces
    @Singleton
    StepPermits stepPermits(Availability availability) {
        return new StepPermits(availability);
    }

    private static RateRule rule(Platform platform, FusionConfig config) {
        var configured = config.limits().get(platform.name());
        return configured == null
                ? platform.rateRule()
                : platform.rateRule().allowing(configured.calls(), configured.per());
    }
}
