package io.xtribe.fusionhub.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of signals: the counter {@code fusion.signals}, which has the same tags wherever it is counted. */
final class Outcomes {

    private Outcomes() {}

    /**
     * A counter.
     *
     * @param reason why it is noise, one of few; the class of a dead letter; empty for any other outcome
     */
    static Counter counter(MeterRegistry metrics, String source, String outcome, String reason) {
        return metrics.counter("fusion.signals", "source", source, "outcome", outcome, "reason", reason);
    }
}
