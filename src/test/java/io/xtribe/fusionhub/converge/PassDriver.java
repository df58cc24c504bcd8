package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.work.Lease;
import io.xtribe.fusionhub.work.WorkEntry;
import io.xtribe.fusionhub.work.WorkLane;

/**
 * Takes an incident through passes on the real routes of the platforms, one step after the other, in a time of its own: what
 * is held back by a back-off, or until a probe, is done in the next pass.
 */
public final class PassDriver {

    private final AtomicLong nanos = new AtomicLong();
    private final AttemptClock clock = new AttemptClock(nanos::get, Duration.ofMinutes(5));

    private IncidentStore store;
    private Platforms platforms;
    private AttemptMaker attempts;
    private Availability availability;
    private ProducerTemplate template;

    /** The clock by which attempts are judged; it stands still but for {@link #run}. */
    public AttemptClock clock() {
        return clock;
    }

    /** What the passes need of a hub. */
    public void use(
            IncidentStore newStore,
            Platforms newPlatforms,
            AttemptMaker newAttempts,
            Availability newAvailability,
            ProducerTemplate newTemplate) {
        store = newStore;
        platforms = newPlatforms;
        attempts = newAttempts;
        availability = newAvailability;
        template = newTemplate;
    }

    /** Passes until nothing is left to do; returns how many there were, at most {@code most}. */
    public int run(String id, int most) {
        for (var passes = 1; passes <= most; passes++) {
            pass(id);
            for (var paused : availability.names()) {
                template.sendBody("direct:platform-probe-one", paused);
            }
            var plan = plan(id);
            if (plan.isComplete()) {
                return passes;
            }
            var wait = plan.blocked() ? plan.retryIn() : Duration.ofSeconds(15);
            nanos.addAndGet(wait.plusMillis(1).toNanos());
        }
        throw new AssertionError("not complete after " + most + " passes: " + plan(id));
    }

    private void pass(String id) {
        var pass = new Pass(
                new Lease(id, new WorkEntry(0, 0, "hub", 30_000, "lease", WorkLane.TRIGGER), 1, System.nanoTime()));
        for (; ; ) {
            var planned = plan(id).steps().stream()
                    .filter(step -> !pass.hasTried(step))
                    .toList();
            var next = store.change(id, incident -> attempts.forSteps(incident, planned))
                    .incident();
            pass.takeOn(planned.stream().map(step -> step.on(next)).toList());
            if (pass.steps().isEmpty()) {
                store.change(id, attempts::withdrawn);
                return;
            }
            for (var step : List.copyOf(pass.steps())) {
                var done = template.request("direct:converge-step", exchange -> {
                    exchange.setProperty(Pass.PROPERTY, pass);
                    exchange.getIn().setBody(step);
                });
                throwIfFailed(done);
            }
        }
    }

    private static void throwIfFailed(Exchange done) {
        if (done.getException() != null) {
            throw new AssertionError("a step must never fail", done.getException());
        }
    }

    private Plan plan(String id) {
        Incident incident = store.find(id).orElseThrow().incident();
        Plan.see(incident, platforms.profiles(), clock);
        return Plan.of(
                incident,
                platforms.profiles(),
                clock,
                platform -> availability.of(platform).isPaused() ? Plan.UNTIL_TOLD : Duration.ZERO);
    }
}
