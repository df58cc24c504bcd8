package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.incident.SyncLag;
import io.xtribe.fusionhub.metrics.Buckets;
import io.xtribe.fusionhub.metrics.Counters;
import io.xtribe.fusionhub.metrics.Timers;
import io.xtribe.fusionhub.platform.UnknownWords;
import io.xtribe.fusionhub.signal.UnknownWord;

/** Counts and times what converge does. */
public final class ConvergeMetrics {

    private final MeterRegistry registry;
    private final BiConsumer<String, UnknownWord> unknownWords;
    private final Timer paged;
    private final Timer linked;
    private final Timers lag;
    private final Counter repaired;
    private final Counter leasesLost;
    private final Counters steps;
    private final Counters retries;
    private final Counters frozen;
    private final Counters duplicates;

    public ConvergeMetrics(MeterRegistry registry) {
        this(registry, (platform, word) -> UnknownWords.heard(registry, platform, word));
    }

    /**
     * The same.
     *
     * @param unknownWords told of words that no table has: the platform and the word
     */
    ConvergeMetrics(MeterRegistry registry, BiConsumer<String, UnknownWord> unknownWords) {
        this.registry = registry;
        this.unknownWords = unknownWords;
        this.repaired = Counter.builder("fusion.work.repaired")
                .description("Work entries that were lost and found again")
                .register(registry);
        this.leasesLost = Counter.builder("fusion.leases.lost")
                .description("Passes that ended early because another hub had taken their incident over")
                .register(registry);
        this.paged = new Timers(
                        registry,
                        "fusion.time.to.paged",
                        "From the stored trigger to the standing page",
                        Buckets.SIGNAL)
                .of();
        this.linked = new Timers(
                        registry,
                        "fusion.time.to.linked",
                        "From the stored trigger to all links between the platforms",
                        Buckets.SIGNAL)
                .of();
        this.lag = new Timers(
                registry,
                "fusion.sync.lag",
                "From the hub's hearing of a change on one platform to the same on another",
                Buckets.SYNC,
                "from",
                "to",
                "field");
        this.steps = new Counters(registry, "fusion.steps", "Steps that ended", "platform", "operation", "outcome");
        this.retries = new Counters(
                registry, "fusion.retries", "Steps that failed and are done again", "platform", "operation");
        this.frozen = new Counters(
                registry, "fusion.frozen", "Fields that went back and forth and are written no more", "field");
        this.duplicates = new Counters(registry, "fusion.duplicates", "Second records that were closed", "platform");
        SyncLag.FIELDS.forEach(frozen::of);
    }

    /** These platforms take part: what is rare is there for them from the beginning, with 0. */
    void expect(Iterable<String> platforms) {
        platforms.forEach(duplicates::of);
    }

    void step(Step step, String outcome) {
        steps.of(step.platform(), step.operation().verb(), outcome).increment();
    }

    /** A step has failed in a way after which it is done again. */
    void retried(Step step) {
        retries.of(step.platform(), step.operation().verb()).increment();
    }

    /** What a step has carried from one platform to another, once its platform has it. */
    void carried(Step step, Instant now) {
        SyncLag.of(step, now)
                .forEach(one -> lag.of(one.from(), step.platform(), one.field()).record(one.lag()));
    }

    /** Fields of an incident that went back and forth so often that they are frozen from now on. */
    public void frozen(Incident before, Incident after) {
        after.frozen().keySet().stream()
                .filter(field -> !before.frozen().containsKey(field))
                .forEach(field -> frozen.of(field).increment());
    }

    void paged(Incident incident) {
        paged.record(Duration.between(incident.dueSince(), incident.pagedAt()));
    }

    void linked(Incident incident) {
        linked.record(Duration.between(incident.dueSince(), incident.linkedAt()));
    }

    void duplicate(String platform) {
        duplicates.of(platform).increment();
    }

    void unknownWord(String platform, UnknownWord word) {
        unknownWords.accept(platform, word);
    }

    public void repaired() {
        repaired.increment();
    }

    void leaseLost() {
        leasesLost.increment();
    }
}
