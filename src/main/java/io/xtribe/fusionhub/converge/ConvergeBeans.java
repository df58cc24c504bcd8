package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.FusionConfig.Copy;
import io.xtribe.fusionhub.config.FusionConfig.Mode;
import io.xtribe.fusionhub.incident.ChangeRules;
import io.xtribe.fusionhub.incident.CommentTexts;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.nats.HubId;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.nats.Publisher;
import io.xtribe.fusionhub.platform.PlatformProfile;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.StatusRule;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.Wish;
import io.xtribe.fusionhub.work.QueuedMarks;
import io.xtribe.fusionhub.work.WorkComponent;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkQueue;
import io.xtribe.fusionhub.work.WorkSet;

/** Puts converge together for the application: the names under which routes find it. */
class ConvergeBeans {

    /** What is done about changes by people. */
    @Produces
    @Singleton
    ChangeRules changeRules(FusionConfig config, Platforms platforms) {
        return rules(config, platforms);
    }

    static ChangeRules rules(FusionConfig config, Platforms platforms) {
        return new ChangeRules(
                config.platforms(),
                config.conflictWindow(),
                config.oscillation().returns(),
                config.oscillation().window(),
                where(platforms, rule -> rule.withholds(Status.ACKNOWLEDGED)),
                where(platforms, StatusRule::keepsAcknowledged),
                config.platforms().stream()
                        .filter(platform -> platforms.copy(platform) == Copy.NONE)
                        .collect(Collectors.toSet()));
    }

    /** Platforms of which this is so for all records. */
    private static Set<String> where(Platforms platforms, Predicate<StatusRule> condition) {
        return platforms.profiles().stream()
                .filter(profile ->
                        profile.parts().stream().map(profile::statusRule).allMatch(condition))
                .map(PlatformProfile::name)
                .collect(Collectors.toSet());
    }

    /** The wall clock, for what is measured in days. */
    @Produces
    @Singleton
    InstantSource wallClock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    WorkSet workSet(NatsLink nats, HubId hub, FusionConfig config) {
        return new WorkSet(nats, hub.toString(), config.converge().lease());
    }

    @Produces
    @Singleton
    @Named("workQueue")
    WorkQueue workQueue(
            WorkSet work,
            HubId hub,
            IncidentStore store,
            AttemptMaker attempts,
            Availability availability,
            StepPermits permits,
            AvailabilityTimer timer,
            Holds holds,
            MeterRegistry metrics) {
        var queue = new WorkQueue(work, hub.toString(), id -> store.change(id, attempts::withdrawn));
        WorkMetrics.register(queue, metrics);
        availability.whenTurn(wish -> queue.wakeNow(wish.incidentId(), lane(wish)));
        availability.whenRecovered(
                platform -> holds.release(platform).forEach(id -> queue.wakeNow(id, WorkLane.FOLLOW_UP)));
        queue.whenNotTaken(permits::forget);
        timer.start();
        return queue;
    }

    /** What has waited for its platform goes in the order in which it got its permit: its kind of work does not change that. */
    private static WorkLane lane(Wish wish) {
        return switch (wish.lane()) {
            case OPEN_P1 -> WorkLane.P1_TRIGGER;
            case OPEN -> WorkLane.TRIGGER;
            case STATUS, LINKS, BATCH -> WorkLane.FOLLOW_UP;
        };
    }

    @Produces
    @Singleton
    @Named("work")
    WorkComponent workComponent(WorkQueue queue, FusionConfig config) {
        return new WorkComponent(queue, config.converge().concurrency());
    }

    @Produces
    @Singleton
    Holds holds() {
        return new Holds();
    }

    @Produces
    @Singleton
    BackOff backOff(FusionConfig config) {
        return new BackOff(config.converge().backOffFirst(), config.converge().backOffLongest());
    }

    @Produces
    @Singleton
    AttemptClock attemptClock(Platforms platforms, FusionConfig config) {
        var settle = platforms.profiles().stream()
                .map(PlatformProfile::settle)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        var attempt = config.converge().lease().plus(settle);
        var recheck = config.converge().recheck();
        return new AttemptClock(recheck.compareTo(attempt) > 0 ? recheck : attempt);
    }

    @Produces
    @Singleton
    AttemptMaker attemptMaker(
            Platforms platforms, AttemptClock clock, StepPermits permits, HubId hub, FusionConfig config) {
        return new AttemptMaker(
                platforms, clock, permits, hub.toString(), config.converge().lease());
    }

    @Produces
    @Singleton
    @Named("converger")
    Converger converger(
            IncidentStore store,
            WorkSet work,
            WorkQueue queue,
            Platforms platforms,
            StepPermits permits,
            AttemptClock clock,
            AttemptMaker attempts,
            Publisher publisher,
            BackOff backOff,
            Holds holds,
            ConvergeMetrics metrics,
            FusionConfig config) {
        return new Converger(
                store,
                work,
                queue,
                platforms,
                permits,
                clock,
                attempts,
                new Announcements(publisher),
                backOff,
                holds,
                metrics,
                config.mode() == Mode.OBSERVE);
    }

    @Produces
    @Singleton
    ConvergeMetrics convergeMetrics(MeterRegistry registry, FusionConfig config) {
        var metrics = new ConvergeMetrics(registry);
        metrics.expect(config.platforms());
        return metrics;
    }

    @Produces
    @Singleton
    Steps steps(
            IncidentStore store,
            ReferenceStore references,
            Timeline timeline,
            CommentTexts texts,
            Platforms platforms,
            AttemptClock clock,
            AttemptMaker attempts,
            ConvergeMetrics metrics,
            ChangeRules changeRules,
            FusionConfig config) {
        return new Steps(
                store,
                references,
                timeline,
                new CommentNotes(texts, platforms),
                platforms,
                clock,
                attempts,
                metrics,
                config.pagingPlatform(),
                config.priorities().stream()
                        .flatMap(name -> Priority.parse(name).stream())
                        .collect(Collectors.toSet()),
                config.converge().recheck(),
                changeRules);
    }

    @Produces
    @Singleton
    RecordReader recordReader(Steps steps, Availability availability, CamelContext camel) {
        return new RecordReader(steps, availability, camel);
    }

    @Produces
    @Singleton
    @Named("stepRunner")
    StepRunner stepRunner(
            Steps steps,
            ConvergeMetrics metrics,
            Availability availability,
            StepPermits permits,
            WorkSet work,
            WorkQueue queue,
            BackOff backOff,
            Holds holds) {
        return new StepRunner(
                steps,
                new StepFailures(steps, availability, metrics, holds, backOff),
                permits,
                availability,
                new QueuedMarks(work, queue));
    }
}
