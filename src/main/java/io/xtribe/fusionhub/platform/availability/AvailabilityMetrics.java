package io.xtribe.fusionhub.platform.availability;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Gauges of every platform's availability. */
public final class AvailabilityMetrics {

    private AvailabilityMetrics() {}

    /**
     * Registers for each platform {@code fusion.platform.state} (0 ok, 1 limited, 2 held, 3 probing, 4 broken, 5 paused),
     * {@code fusion.platform.budget} (calls left at once of the limit that is nearest; absent while none is known) and
     * {@code fusion.platform.queue} (steps that wait, by lane).
     */
    public static void register(Availability availability, MeterRegistry metrics) {
        for (var status : availability.status()) {
            var platform = availability.of(status.platform());
            Gauge.builder("fusion.platform.state", platform, one -> one.status()
                            .state()
                            .ordinal())
                    .tag("platform", status.platform())
                    .register(metrics);
            Gauge.builder("fusion.platform.budget", platform, AvailabilityMetrics::budget)
                    .tag("platform", status.platform())
                    .register(metrics);
            for (var lane : Lane.values()) {
                Gauge.builder("fusion.platform.queue", platform, one -> one.status()
                                .queue()
                                .get(lane.label()))
                        .tag("platform", status.platform())
                        .tag("lane", lane.label())
                        .register(metrics);
            }
        }
    }

    private static double budget(PlatformAvailability platform) {
        return platform.status().budgets().stream()
                .mapToDouble(PlatformStatus.BudgetStatus::left)
                .min()
                .orElse(Double.NaN);
    }
}
