package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.FusionConfig.Mode;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.nats.HubId;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.nats.Publisher;
import io.xtribe.fusionhub.platform.PlatformPause;
import io.xtribe.fusionhub.platform.PlatformProfile;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.work.WorkComponent;
import io.xtribe.fusionhub.work.WorkQueue;
import io.xtribe.fusionhub.work.WorkSet;

/** Puts converge together for the application: the names under which routes find it. */
class ConvergeBeans {

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
            PlatformPause pause,
            Holds holds,
            MeterRegistry metrics) {
        var queue = new WorkQueue(work, hub.toString(), id -> store.change(id, attempts::withdrawn));
        metrics.gauge("fusion.work.waiting", queue, WorkQueue::waiting);
        metrics.gauge("fusion.work.in.flight", queue, WorkQueue::inFlight);
        pause.whenResumed(() -> {
            holds.clear();
            queue.wakeAll();
        });
        return queue;
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
    AttemptMaker attemptMaker(Platforms platforms, AttemptClock clock, HubId hub, FusionConfig config) {
        return new AttemptMaker(
                platforms, clock, hub.toString(), config.converge().lease());
    }

    @Produces
    @Singleton
    @Named("converger")
    Converger converger(
            IncidentStore store,
            WorkSet work,
            WorkQueue queue,
            Platforms platforms,
            PlatformPause pause,
            AttemptClock clock,
            AttemptMaker attempts,
            Publisher publisher,
            BackOff backOff,
            Holds holds,
            FusionConfig config) {
        return new Converger(
                store,
                work,
                queue,
                platforms,
                pause,
                clock,
                attempts,
                new Announcements(publisher),
                backOff,
                holds,
                config.mode() == Mode.OBSERVE);
    }

    @Produces
    @Singleton
    ConvergeMetrics convergeMetrics(MeterRegistry registry) {
        return new ConvergeMetrics(registry);
    }

    @Produces
    @Singleton
    @Named("stepRunner")
    StepRunner stepRunner(
            IncidentStore store,
            ReferenceStore references,
            Timeline timeline,
            Platforms platforms,
            AttemptClock clock,
            AttemptMaker attempts,
            ConvergeMetrics metrics,
            PlatformPause pause,
            WorkSet work,
            WorkQueue queue,
            BackOff backOff,
            Holds holds,
            FusionConfig config) {
        var steps = new Steps(
                store,
                references,
                timeline,
                platforms,
                clock,
                attempts,
                metrics,
                config.pagingPlatform(),
                config.priorities().stream()
                        .flatMap(name -> Priority.parse(name).stream())
                        .collect(Collectors.toSet()),
                config.converge().recheck());
        return new StepRunner(steps, new StepFailures(steps, pause, metrics, holds, backOff), work, queue);
    }
}
