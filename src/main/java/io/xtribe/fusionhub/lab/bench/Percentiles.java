package io.xtribe.fusionhub.lab.bench;

import java.util.Arrays;
import java.util.Collection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Exact percentiles of a set of times in milliseconds. */
final class Percentiles {

    private final long[] sorted;

    Percentiles(Collection<Long> millis) {
        sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** The smallest time that this share (0 to 1) of all does not exceed; 0 when there are none. */
    long at(double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    long max() {
        return at(1);
    }

    /** For the table. */
    String text() {
        return at(0.5) + " / " + at(0.95) + " / " + at(0.99) + " / " + max();
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("count", sorted.length)
                .put("p50", at(0.5))
                .put("p95", at(0.95))
                .put("p99", at(0.99))
                .put("max", max())
                .put("mean", Arrays.stream(sorted).average().orElse(0));
    }
}
