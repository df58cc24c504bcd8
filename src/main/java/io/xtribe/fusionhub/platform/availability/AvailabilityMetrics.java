package io.xtribe.fusionhub.platform.availability;

import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Gauges of every platform's availability. */
public final class AvailabilityMetrics {

    /** The breaker's states; the place of each is the value of the gauge. */
    private static final List<String> BREAKER = List.of("closed", "half-open", "open");

    private AvailabilityMetrics() {}

    /**
     * Registers for each platform {@code fusion.platform.state} (0 ok, 1 limited, 2 held, 3 probing, 4 broken, 5 paused),
     * {@code fusion.platform.breaker} (0 closed, 1 half open, 2 open), {@code fusion.platform.budget} (calls left at once of the
     * limit that is nearest; absent while none is known) and {@code fusion.platform.queue} (steps that wait, by lane).
     */
    public static void register(Availability availability, MeterRegistry metrics) {
        for (var status : availability.status()) {
            var platform = availability.of(status.platform());
            gauge(
                    metrics,
                    "fusion.platform.state",
                    "0 ok, 1 limited, 2 held, 3 probing, 4 broken, 5 paused",
                    platform,
                    status.platform(),
                    one -> one.status().state().ordinal());
            gauge(
                    metrics,
                    "fusion.platform.breaker",
                    "0 closed, 1 half open, 2 open",
                    platform,
                    status.platform(),
                    one -> BREAKER.indexOf(one.breaker()));
            gauge(
                    metrics,
                    "fusion.platform.budget",
                    "Calls that this hub may make at once, by the nearest limit",
                    platform,
                    status.platform(),
                    AvailabilityMetrics::budget);
            gauge(
                    metrics,
                    "fusion.platform.lag.seconds",
                    "For how long the step that waits longest has waited until the platform may be called",
                    platform,
                    status.platform(),
                    one -> one.status().lag().toMillis() / 1000.0);
            for (var lane : Lane.values()) {
                Gauge.builder("fusion.platform.queue", platform, one -> one.status()
                                .queue()
                                .get(lane.label()))
                        .description("Steps that wait until the platform may be called")
                        .tag("platform", status.platform())
                        .tag("lane", lane.label())
                        .register(metrics);
            }
        }
    }

    private static void gauge(
            MeterRegistry metrics,
            String name,
            String description,
            PlatformAvailability platform,
            String label,
            ToDoubleFunction<PlatformAvailability> value) {
        Gauge.builder(name, platform, value)
                .description(description)
                .tag("platform", label)
                .register(metrics);
    }

    private static double budget(PlatformAvailability platform) {
        return platform.status().budgets().stream()
                .mapToDouble(PlatformStatus.BudgetStatus::left)
                .min()
                .orElse(Double.NaN);
    }
}
