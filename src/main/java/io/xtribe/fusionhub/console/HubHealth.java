package io.xtribe.fusionhub.console;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

import io.xtribe.fusionhub.nats.Heartbeat;
import io.xtribe.fusionhub.nats.IntakeState;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.nats.Provisioning;
import io.xtribe.fusionhub.platform.AccountListReader;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.Speakers;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.PlatformStatus;
import io.xtribe.fusionhub.platform.availability.PlatformStatus.State;
import io.xtribe.fusionhub.poll.Polls;
import io.xtribe.fusionhub.startup.RouteOverrides;
import io.xtribe.fusionhub.work.WorkQueue;

/**
 * Health. Readiness never depends on a vendor: the webhook endpoint has to stay open during a vendor's outage. A platform
 * that is not to be called, and why, shows in {@code /q/health/well} and in the body of {@code /q/health}; neither is used for
 * readiness or liveness.
 */
class HubHealth {

    /** One that fails now and then has kept its watermark. */
    private static final int POLL_FAILURES = 3;

    private static final String STOPPED =
            "somebody has stopped the route signals-intake of this hub: signals stay with NATS, or"
                    + " other hubs take them in, until it is started again by Hawtio or JMX";

    private static final Duration STUCK = Duration.ofMinutes(5);

    @Produces
    @Singleton
    @Readiness
    HealthCheck nats(NatsLink nats, Provisioning provisioning) {
        return () -> {
            var missing = provisioning.missing();
            var response = HealthCheckResponse.named("NATS").status(nats.isConnected() && missing.isEmpty());
            return missing.isEmpty()
                    ? response.build()
                    : response.withData("missing", String.join(", ", missing)).build();
        };
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck intake(IntakeState intake, Heartbeat heartbeat, CamelContext camel) {
        return () -> {
            var look = intake.look();
            var isTakingIn = heartbeat.isTakingIn();
            var response = HealthCheckResponse.named("intake")
                    .status(isTakingIn && look.trouble().isEmpty())
                    .withData("route", String.valueOf(camel.getRouteController().getRouteStatus("signals-intake")))
                    .withData("unacknowledged", look.unacknowledged())
                    .withData("redelivered", look.redelivered());
            if (look.pending() >= 0) {
                response.withData("pending", (long) look.pending());
            }
            if (!isTakingIn && heartbeat.hasTakenIn()) {
                return response.withData("trouble", STOPPED).build();
            }
            look.trouble().ifPresent(what -> response.withData("trouble", what));
            return response.build();
        };
    }

    @Produces
    @Singleton
    @Liveness
    HealthCheck converge(WorkQueue queue, CamelContext camel) {
        return () -> {
            var status = camel.getRouteController().getRouteStatus("incident-converge");
            // A route that waits for NATS, or that an operator suspended, is not stuck.
            var turning = status == null
                    || !status.isStarted()
                    || queue.lastTurn().isAfter(Instant.now().minus(STUCK));
            return HealthCheckResponse.named("converge loop")
                    .status(turning)
                    .withData("last turn", queue.lastTurn().toString())
                    .build();
        };
    }

    @Produces
    @Singleton
    @Wellness
    HealthCheck platforms(Availability availability, Platforms platforms, Speakers speakers) {
        return () -> {
            var all = availability.status();
            var response = HealthCheckResponse.named("platforms")
                    .status(platforms.broken().isEmpty()
                            && all.stream().allMatch(status -> status.state().compareTo(State.LIMITED) <= 0));
            all.forEach(status -> response.withData(status.platform(), words(status)));
            speakers.all().forEach((name, speaker) -> response.withData(name + " " + speaker.what(), speaker.words()));
            platforms
                    .broken()
                    .forEach((name, consequence) -> response.withData(
                            "mounted folder of " + name, "cannot be used, " + consequence + "; the log says why"));
            return response.build();
        };
    }

    @Produces
    @Singleton
    @Wellness
    HealthCheck routeFiles(RouteOverrides overrides) {
        return () -> {
            var broken = overrides.broken();
            var response = HealthCheckResponse.named("route files").status(broken.isEmpty());
            overrides.used().forEach(name -> response.withData(name, "stands in for the built-in one"));
            broken.forEach((name, consequence) ->
                    response.withData(name, "cannot be used, " + consequence + "; the log says why"));
            return response.build();
        };
    }

    @Produces
    @Singleton
    @Wellness
    HealthCheck stormBrake(HeldDesk desk) {
        return () -> {
            var held = desk.held(HeldDesk.Selection.ALL);
            var response = HealthCheckResponse.named("storm brake").status(held.isEmpty());
            var counts = new TreeMap<String, Long>();
            held.forEach(row -> counts.merge(row.origin(), 1L, Long::sum));
            counts.forEach((source, count) ->
                    response.withData(source, count + " new incidents are held: release or discard them"));
            return response.build();
        };
    }

    @Produces
    @Singleton
    @Wellness
    HealthCheck polls(Polls polls) {
        return () -> {
            var all = polls.reports();
            var response = HealthCheckResponse.named("polls")
                    .status(all.stream().allMatch(poll -> poll.failures() < POLL_FAILURES));
            all.forEach(poll -> response.withData(poll.platform() + " " + poll.poll(), words(poll)));
            return response.build();
        };
    }

    @Produces
    @Singleton
    @Wellness
    HealthCheck lists(AccountListReader lists) {
        return () -> {
            var states = lists.states();
            var response = HealthCheckResponse.named("lists of accounts")
                    .status(states.values().stream().allMatch(AccountListReader.OK::equals));
            states.forEach(response::withData);
            return response.build();
        };
    }

    /** For example {@code not read 3 times, the last round ended 240 s ago: it answered 403}. */
    private static String words(Polls.Report poll) {
        return poll.failures() == 0
                ? "ok"
                : "not read " + poll.failures() + " times, the last round ended "
                        + poll.sinceRound().toSeconds() + " s ago: " + poll.trouble();
    }

    /** For example {@code held since 2026-01-31T12:00:00Z until 2026-01-31T12:01:00Z, 3 waiting: it answered 503}. */
    private static String words(PlatformStatus status) {
        if (status.state() == State.OK) {
            return State.OK.label();
        }
        return status.state().label() + " since " + status.since()
                + (status.until() == null ? "" : " until " + status.until())
                + ", " + status.waiting() + " waiting" + (status.words().isEmpty() ? "" : ": " + status.words());
    }
}
