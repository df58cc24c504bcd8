package io.xtribe.fusionhub.metrics;

import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The counters of one name, by their labels. */
public final class Counters {

    private final Series<Counter> series;

    /**
     * A family, of which no counter is there before it is asked for.
     *
     * @param name in Micrometer's form: {@code fusion.steps} is {@code fusion_steps_total} for Prometheus
     * @param description one line for whoever looks at the scrape
     * @param labels their names
     */
    public Counters(MeterRegistry registry, String name, String description, String... labels) {
        series = new Series<>(List.of(labels), tags -> Counter.builder(name)
                .description(description)
                .tags(tags)
                .register(registry));
    }

    /** The counter with these values, in the order of the labels. It is there from now on, with 0 where nothing was counted. */
    public Counter of(String... values) {
        return series.of(List.of(values));
    }
}
