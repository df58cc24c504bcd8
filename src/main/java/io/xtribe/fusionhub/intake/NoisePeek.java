package io.xtribe.fusionhub.intake;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Body;

import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.signal.SignalPeek;
import io.xtribe.fusionhub.upkeep.IncidentIndex;

/** Drops a signal before its body is parsed, when it opens no incident and belongs to no known one. */
public final class NoisePeek {

    private final SignalPeek peek;
    private final IncidentIndex index;
    private final MeterRegistry metrics;
    private final Map<String, Counter> noise = new ConcurrentHashMap<>();

    NoisePeek(SignalPeek peek, IncidentIndex index, MeterRegistry metrics) {
        this.peek = peek;
        this.index = index;
        this.metrics = metrics;
    }

    /** Whether the signal has to be parsed; false where it is noise, which is counted here. For routes. */
    public boolean mayMatter(@Body byte[] event) {
        var unopened =
                event != null && index.isComplete() ? peek.unopened(event) : Optional.<SignalPeek.Unopened>empty();
        if (unopened.isEmpty() || isKnown(unopened.get())) {
            return true;
        }
        noise.computeIfAbsent(unopened.get().source(), this::counter).increment();
        return false;
    }

    private boolean isKnown(SignalPeek.Unopened sign) {
        return index.knows(CorrelationId.derive(sign.source(), sign.scope(), sign.key()));
    }

    private Counter counter(String source) {
        return metrics.counter("fusion.signals", "source", source, "outcome", "noise");
    }
}
