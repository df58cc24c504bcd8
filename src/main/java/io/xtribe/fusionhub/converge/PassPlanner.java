package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.PlatformProfile;
import io.xtribe.fusionhub.platform.Platforms;

/** Finds what a pass has to do next, and stores the attempts for it before any call. */
final class PassPlanner {

    private final IncidentStore store;
    private final Platforms platforms;
    private final StepPermits permits;
    private final AttemptClock clock;
    private final AttemptMaker attempts;
    private final Holds holds;
    private final boolean observe;

    /** @param observe whether no platform is written to, so that no attempt is stored */
    PassPlanner(
            IncidentStore store,
            Platforms platforms,
            StepPermits permits,
            AttemptClock clock,
            AttemptMaker attempts,
            Holds holds,
            boolean observe) {
        this.store = store;
        this.platforms = platforms;
        this.permits = permits;
        this.clock = clock;
        this.attempts = attempts;
        this.holds = holds;
        this.observe = observe;
    }

    /**
     * Plans. Afterwards the pass holds the steps.
     *
     * @param holdsLease whether the pass may still work on the incident
     * @param isOpen whether what was left over may still be begun here
     */
    Pass plan(Pass pass, Predicate<Pass> holdsLease, BooleanSupplier isOpen) {
        pass.takeOn(List.of());
        for (var found = store.recent(pass.id());
                found.isPresent() && holdsLease.test(pass);
                found = store.find(pass.id())) {
            var current = found.get();
            var wanted = planOf(current.incident()).steps().stream()
                    .filter(step -> isToBeDone(step, pass, isOpen))
                    .toList();
            permits.keepOnly(pass.id(), wanted);
            var steps = wanted.stream()
                    .filter(step -> pass.isPermitted(step, permits.take(step)))
                    .toList();
            var next = observe ? current.incident() : attempts.forSteps(current.incident(), steps);
            if (next.equals(current.incident())
                    || store.replace(next, current.revision()).isPresent()) {
                pass.takeOn(steps.stream().map(step -> step.on(next)).toList());
                return pass;
            }
        }
        return pass;
    }

    /**
     * A branch that had not begun when the split's time was over never begins: Camel drops it. This pass runs its step once
     * more, so that a page is not put behind others because the hub was busy. A hub that stops leaves it to another hub.
     */
    private static boolean isToBeDone(Step step, Pass pass, BooleanSupplier isOpen) {
        return !pass.hasTried(step) && (isOpen.getAsBoolean() || !pass.isLeftOver(step));
    }

    /** What is missing of an incident. */
    Plan planOf(Incident incident) {
        Plan.see(incident, platforms.profiles(), clock);
        return Plan.of(incident, platforms.profiles(), clock, platform -> holds.left(incident.id(), platform));
    }

    Duration longestCall() {
        return platforms.profiles().stream()
                .map(PlatformProfile::timeout)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
