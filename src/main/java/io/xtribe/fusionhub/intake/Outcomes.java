package io.xtribe.fusionhub.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.xtribe.fusionhub.metrics.Counters;

/** What became of signals: the counter {@code fusion.signals}, which has the same labels wherever it is counted. */
final class Outcomes {

    /** In place of the type where a signal was not read so far: noise by its first fields, and dead letters. */
    static final String UNREAD = "none";

    private final Counters counters;

    Outcomes(MeterRegistry metrics) {
        counters = new Counters(
                metrics, "fusion.signals", "What became of signals", "source", "type", "outcome", "reason");
    }

    /**
     * A counter.
     *
     * @param type what the signal says has happened, one of {@code SignalKind} in small letters, or {@link #UNREAD}
     * @param reason why it is noise, one of few; the class of a dead letter; empty for any other outcome
     */
    Counter counter(String source, String type, String outcome, String reason) {
        return counters.of(source, type, outcome, reason);
    }
}
