package io.xtribe.fusionhub.metrics;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The timers of one name, by their labels: histograms with fixed buckets. */
public final class Timers {

    private final Series<Timer> series;

    /**
     * A family, of which no timer is there before it is asked for.
     *
     * @param name in Micrometer's form: {@code fusion.calls} is {@code fusion_calls_seconds} for Prometheus
     * @param description one line for whoever looks at the scrape
     * @param buckets upper bounds of the buckets; none for only number, sum and maximum
     * @param labels their names
     */
    public Timers(MeterRegistry registry, String name, String description, List<Duration> buckets, String... labels) {
        var bounds = buckets.isEmpty() ? null : buckets.toArray(Duration[]::new);
        series = new Series<>(List.of(labels), tags -> Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(bounds)
                .register(registry));
    }

    /** The timer with these values, in the order of the labels. */
    public Timer of(String... values) {
        return series.of(List.of(values));
    }
}
