package io.xtribe.fusionhub.intake;

import java.util.Collection;

import io.micrometer.core.instrument.MeterRegistry;

import io.xtribe.fusionhub.metrics.Counters;
import io.xtribe.fusionhub.platform.UnknownWords;
import io.xtribe.fusionhub.signal.UnknownWord;

/** Counts what became of signals in the metrics of the hub. */
final class CountedSignals implements SignalTally {

    private final MeterRegistry metrics;
    private final Noise noise;
    private final Outcomes outcomes;
    private final Counters openedByPoll;

    /** What is rare is there for these platforms from the beginning, with 0. */
    CountedSignals(MeterRegistry metrics, Noise noise, Collection<String> platforms) {
        this.metrics = metrics;
        this.noise = noise;
        this.outcomes = new Outcomes(metrics);
        this.openedByPoll = new Counters(
                metrics, "fusion.polls.opened", "Incidents that no webhook has opened, but a poll", "platform");
        platforms.forEach(openedByPoll::of);
    }

    @Override
    public void unknownWord(String platform, UnknownWord word) {
        UnknownWords.heard(metrics, platform, word);
    }

    @Override
    public void unknownEvent(String platform) {
        UnknownWords.heardEvent(metrics, platform);
    }

    @Override
    public void dropped(String source, String type, String reason) {
        noise.dropped(source, type, reason);
    }

    @Override
    public void ended(String platform, String type, String outcome) {
        outcomes.counter(platform, type, outcome, "").increment();
    }

    @Override
    public void openedByPoll(String platform) {
        openedByPoll.of(platform).increment();
    }
}
