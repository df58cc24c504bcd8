package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.camel.Body;
import org.apache.camel.Exchange;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.trace.LogFields;
import io.xtribe.fusionhub.trace.TracedExchange;
import io.xtribe.fusionhub.trace.Traces;
import io.xtribe.fusionhub.work.Lease;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkQueue;
import io.xtribe.fusionhub.work.WorkSet;

/**
 * The pass of converge as the route {@code incident-converge} takes it: plan, do, plan again until nothing new can be
 * done, settle. Every decision is a compare-and-set of the record, on conflict taken anew.
 */
public final class Converger {

    private final IncidentStore store;
    private final WorkSet work;
    private final WorkQueue queue;
    private final PassPlanner planner;
    private final StepPermits permits;
    private final AttemptMaker attempts;
    private final Announcements announcements;
    private final BackOff backOff;
    private final ConvergeMetrics metrics;
    private final boolean observe;

    public Converger(
            IncidentStore store,
            WorkSet work,
            WorkQueue queue,
            Platforms platforms,
            StepPermits permits,
            AttemptClock clock,
            AttemptMaker attempts,
            Announcements announcements,
            BackOff backOff,
            Holds holds,
            ConvergeMetrics metrics,
            boolean observe) {
        this.store = store;
        this.work = work;
        this.queue = queue;
        this.planner = new PassPlanner(store, platforms, permits, clock, attempts, holds, observe);
        this.permits = permits;
        this.attempts = attempts;
        this.announcements = announcements;
        this.backOff = backOff;
        this.metrics = metrics;
        this.observe = observe;
    }

    /** Begins a pass under the lease that the route was given. */
    public Pass begin(@Body Lease lease, Exchange exchange) {
        var pass = new Pass(lease);
        exchange.setProperty(Pass.PROPERTY, pass);
        if (Traces.isOn()) {
            pass.traced(Traces.begin("converge", Traces.Kind.INTERNAL, Traces.of(pass.id()))
                    .with("fusion.correlation.id", pass.id()));
            TracedExchange.carry(exchange, pass.trace());
        }
        return pass;
    }

    /** The same for a route: the steps are in the property {@code steps}, and {@code unfinished} says if there are any. */
    public void plan(@Body Pass pass, Exchange exchange) {
        plan(pass);
        exchange.setProperty("steps", pass.steps());
        exchange.setProperty("unfinished", !pass.steps().isEmpty());
    }

    /** Finds what is missing, and stores the attempts for it before any call. Afterwards the pass holds the steps. */
    Pass plan(Pass pass) {
        return planner.plan(pass, this::holdsLease, queue::isOpen);
    }

    /**
     * Ends the pass: publishes what became true, and either removes the work entry, because nothing is left that the
     * hub can do by itself, or gives it back due later. An entry that was marked meanwhile stays, due now.
     */
    public void settle(Pass pass) {
        var fields = LogFields.with(Map.of("correlationId", pass.id(), "routeId", "incident-converge"));
        try {
            settleNow(pass);
        } finally {
            fields.close();
        }
    }

    private void settleNow(Pass pass) {
        pass.end();
        var read = false;
        for (var found = store.recent(pass.id()); found.isPresent(); found = store.find(pass.id())) {
            var current = found.get();
            var incident = current.incident();
            var plan = planner.planOf(incident);
            var done = plan.isComplete() || observe;
            var events = observe ? Set.<String>of() : Announcements.due(incident);
            announcements.publish(incident, events);
            var next = attempts.withdrawn(done ? incident.settled(events) : incident.announcing(events));
            // Where nothing is to be written, only a record that was read can confirm it.
            var confirmed = next.equals(incident)
                    ? read
                    : store.replace(next, current.revision()).isPresent();
            if (confirmed) {
                if (done) {
                    finish(pass, WorkLane.of(next));
                } else {
                    release(pass, plan, laneAfter(pass, next));
                }
                return;
            }
            read = true;
        }
        finish(pass, WorkLane.FOLLOW_UP);
    }

    /** New triggers go before what has failed and before what only lacks links, not before a page that is only late. */
    private static WorkLane laneAfter(Pass pass, Incident incident) {
        return incident.pagedAt() == null && !pass.hasFailed()
                ? pass.lease().entry().lane()
                : WorkLane.FOLLOW_UP;
    }

    private void release(Pass pass, Plan plan, WorkLane lane) {
        plan.steps().forEach(permits::await);
        var waits = plan.steps().stream().anyMatch(pass::waitsFor);
        if (plan.steps().stream().anyMatch(step -> !pass.hasTried(step) && !pass.waitsFor(step)) && !pass.hasFailed()) {
            release(pass, Duration.ZERO, 0, lane);
        } else if (waits && !pass.hasFailed()) {
            // The incident is woken in its turn; the time is for a hub that comes to nothing meanwhile.
            release(pass, shorter(plan.retryIn(), Plan.UNTIL_TOLD), triesSoFar(pass), lane);
        } else if (pass.hasFailed() || !plan.blocked()) {
            // Without a failure too, or what is wanted again though it succeeded would be wanted for ever.
            release(pass, longer(backOff.after(pass.tries()), pass.retryAfter()), pass.tries(), lane);
        } else {
            release(pass, plan.retryIn(), triesSoFar(pass), lane);
        }
    }

    /** A pass that only waited neither adds to the failures in a row nor ends them. */
    private static int triesSoFar(Pass pass) {
        return pass.hasTriedNothing() ? pass.lease().entry().tries() : 0;
    }

    private void release(Pass pass, Duration wait, int tries, WorkLane lane) {
        if (!work.release(pass.lease(), wait, tries, lane)) {
            queue.wake(pass.id(), lane);
        }
    }

    private void finish(Pass pass, WorkLane lane) {
        if (!work.finish(pass.lease())) {
            queue.wake(pass.id(), lane);
        }
    }

    /** Whether enough of the lease is left for a call of any platform, renewing it where it is not. */
    private boolean holdsLease(Pass pass) {
        if (pass.lease().left().compareTo(planner.longestCall()) > 0) {
            return true;
        }
        Optional<Lease> renewed = work.extend(pass.lease()).or(() -> work.take(pass.id()));
        renewed.ifPresentOrElse(pass::lease, metrics::leaseLost);
        return renewed.isPresent();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
