package io.xtribe.fusionhub.converge;

import java.time.Duration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.UnknownWords;
import io.xtribe.fusionhub.signal.UnknownWord;

/** Counts and times what converge does. */
public final class ConvergeMetrics {

    private final MeterRegistry registry;
    private final Timer paged;
    private final Timer linked;
    private final Counter repaired;

    public ConvergeMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.repaired = registry.counter("fusion.work.repaired");
        this.paged = Timer.builder("fusion.time.to.paged")
                .description("From the stored trigger to the standing page")
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(registry);
        this.linked = Timer.builder("fusion.time.to.linked")
                .description("From the stored trigger to all links between the platforms")
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(registry);
    }

    void step(Step step, String outcome) {
        registry.counter(
                        "fusion.steps",
                        "platform",
                        step.platform(),
                        "operation",
                        step.operation().verb(),
                        "outcome",
                        outcome)
                .increment();
    }

    /** Fields of an incident that went back and forth so often that they are frozen from now on. */
    public void frozen(Incident before, Incident after) {
        after.frozen().keySet().stream()
                .filter(field -> !before.frozen().containsKey(field))
                .forEach(field ->
                        registry.counter("fusion.frozen", "field", field).increment());
    }

    void paged(Incident incident) {
        paged.record(Duration.between(incident.receivedAt(), incident.pagedAt()));
    }

    void linked(Incident incident) {
        linked.record(Duration.between(incident.receivedAt(), incident.linkedAt()));
    }

    void duplicate(String platform) {
        registry.counter("fusion.duplicates", "platform", platform).increment();
    }

    void unknownWord(String platform, UnknownWord word) {
        UnknownWords.heard(registry, platform, word);
    }

    public void repaired() {
        repaired.increment();
    }
}
