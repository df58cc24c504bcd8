package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.xtribe.fusionhub.incident.Attempt;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.testing.Samples;

/** Plans at one moment for the three platforms, with an attempt clock that the test moves on. */
abstract class PlanFixture {

    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    static final Duration DEADLINE = Duration.ofSeconds(30);

    /** What the places of {@link Samples#opened} are to show. */
    static final Map<String, String> URLS = Map.of(
            "datadog", Samples.reference("datadog", "incident").url(),
            "servicenow", Samples.reference("servicenow", "incident").url(),
            "pagerduty", Samples.reference("pagerduty", "incident").url());

    private final AtomicLong nanos = new AtomicLong();
    final AttemptClock clock = new AttemptClock(nanos::get, Duration.ofMinutes(5));

    Plan plan(Incident incident) {
        Plan.see(incident, Samples.PROFILES, clock);
        return Plan.of(incident, Samples.PROFILES, clock, platform -> Duration.ZERO);
    }

    void after(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    static Attempt attempt(String token) {
        return new Attempt(token, Map.of(), DEADLINE.toMillis(), "hub", NOW, false);
    }

    static Incident attempting(String platform, Attempt attempt) {
        return Samples.newIncident().withPart(platform, "incident", part -> part.attempting(attempt));
    }

    static Incident linked() {
        var incident = Samples.opened();
        for (var profile : Samples.PROFILES) {
            for (var part : profile.parts()) {
                incident = incident.withPart(profile.name(), part, current -> current.linked(URLS));
            }
        }
        return incident;
    }

    static List<String> names(Plan plan) {
        return plan.steps().stream()
                .map(step -> step.platform() + "/" + step.part() + " " + step.operation())
                .collect(Collectors.toList());
    }

    static Set<String> links(Plan plan, String platform, String part) {
        return plan.steps().stream()
                .filter(step -> step.platform().equals(platform) && step.part().equals(part))
                .findFirst()
                .map(step -> new TreeSet<>(step.links().keySet()))
                .orElseThrow();
    }

    static Step step(Plan plan, String platform) {
        return plan.steps().stream()
                .filter(step -> step.platform().equals(platform))
                .findFirst()
                .orElseThrow();
    }

    static Function<String, Duration> holding(String held) {
        return platform -> platform.equals(held) ? Plan.UNTIL_TOLD : Duration.ZERO;
    }
}
