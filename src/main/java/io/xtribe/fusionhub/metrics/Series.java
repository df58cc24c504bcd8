package io.xtribe.fusionhub.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;

/**
 * The meters of one name by the values of their labels. Each is looked up in the registry once. There are never more than a
 * fixed number of them: what would be one more is counted with all labels {@code other}, so that nothing from outside can
 * fill Prometheus.
 */
final class Series<T> {

    /** The value of all labels of what would be one series too many. */
    static final String OTHER = "other";

    /** More than any family of the hub has with ten platforms. */
    private static final int MOST = 1_000;

    private final List<String> labels;
    private final Function<Tags, T> maker;
    private final Map<List<String>, T> made = new ConcurrentHashMap<>();

    Series(List<String> labels, Function<Tags, T> maker) {
        this.labels = labels;
        this.maker = maker;
    }

    /** The meter with these values, in the order of the labels. */
    T of(List<String> values) {
        var known = made.get(values);
        if (known != null) {
            return known;
        }
        var kept = made.size() < MOST ? values : Collections.nCopies(labels.size(), OTHER);
        return made.computeIfAbsent(kept, this::make);
    }

    private T make(List<String> values) {
        var tags = new ArrayList<Tag>();
        for (var at = 0; at < labels.size(); at++) {
            tags.add(Tag.of(labels.get(at), values.get(at)));
        }
        return maker.apply(Tags.of(tags));
    }
}
