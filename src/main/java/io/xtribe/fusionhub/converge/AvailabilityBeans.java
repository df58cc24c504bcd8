package io.xtribe.fusionhub.converge;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.nats.HubMembers;
import io.xtribe.fusionhub.platform.PlatformProfile;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.AvailabilityMetrics;
import io.xtribe.fusionhub.platform.availability.RateRule;

/** The platforms' availability for the application. */
class AvailabilityBeans {

    @Produces
    @Singleton
    @Named("availability")
    Availability availability(
            Platforms platforms,
            Instance<RateRule> rules,
            HubMembers members,
            FusionConfig config,
            MeterRegistry metrics) {
        var vendors = rules.stream().toList();
        var availability = new Availability(
                platforms.profiles().stream()
                        .map(profile -> rule(profile, vendors, config))
                        .toList(),
                System::nanoTime,
                members::live,
                config.breaker().waitFirst(),
                config.breaker().waitLongest());
        AvailabilityMetrics.register(availability, metrics);
        return availability;
    }

    @Produces
    @Singleton
    StepPermits stepPermits(Availability availability) {
        return new StepPermits(availability);
    }

    private static RateRule rule(PlatformProfile profile, List<RateRule> vendors, FusionConfig config) {
        var vendor = vendors.stream()
                .filter(rule -> rule.platform().equals(profile.name()))
                .findFirst()
                .orElseGet(() -> RateRule.none(profile.name()));
        var configured = config.limits().get(profile.name());
        return configured == null ? vendor : vendor.allowing(configured.calls(), configured.per());
    }
}
