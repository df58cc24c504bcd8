package io.xtribe.fusionhub.intake;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.signal.RareLog;

/**
 * Counts what opens nothing and belongs to no incident, by its reason: {@code fusion.signals} with the outcome {@code
 * noise}. The first of each reason and hour is a warning, so that what is dropped is seen at least once.
 */
public final class Noise implements DroppedSignals {

    static final String OUTCOME = "noise";

    private static final Logger LOG = Logger.getLogger(Noise.class);
    private static final Duration HOUR = Duration.ofHours(1);
    /** Mappings have few reasons each. A folder that makes them of its bodies must not make a time series of each. */
    private static final int MOST_REASONS = 100;

    private static final String OTHER = "other";

    private record Kind(String source, String type, String reason) {}

    private record Told(Counter counter, RareLog log, String line) {}

    private final Outcomes outcomes;
    private final Map<Kind, Told> kinds = new ConcurrentHashMap<>();
    private final AtomicInteger reasons = new AtomicInteger();

    Noise(MeterRegistry metrics) {
        this.outcomes = new Outcomes(metrics);
    }

    @Override
    public void dropped(String source, String type, String reason) {
        var told = told(source, type, reason);
        told.counter().increment();
        if (LOG.isDebugEnabled()) {
            LOG.debugf("A signal of %s opens nothing: %s", source, reason);
        }
        told.log().warn(told.line());
    }

    private Told told(String source, String type, String reason) {
        var kind = new Kind(source, type, reason);
        var known = kinds.get(kind);
        if (known != null) {
            return known;
        }
        return reasons.get() < MOST_REASONS
                ? kinds.computeIfAbsent(kind, this::begin)
                : kinds.computeIfAbsent(new Kind(source, type, OTHER), this::begin);
    }

    private Told begin(Kind kind) {
        reasons.incrementAndGet();
        return new Told(
                outcomes.counter(kind.source(), kind.type(), OUTCOME, kind.reason()),
                new RareLog(LOG, HOUR, System::nanoTime),
                "A signal of %s belongs to no incident and opens none: %s. This is said once an hour for each reason"
                        .formatted(kind.source(), kind.reason()));
    }
}
