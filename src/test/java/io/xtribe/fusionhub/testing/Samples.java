package io.xtribe.fusionhub.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.xtribe.fusionhub.incident.ChangeRules;
import io.xtribe.fusionhub.incident.Hearing;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentBuilder;
import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Origin;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.platform.PlatformProfile;

/** Records that many tests begin with. */
public final class Samples {
    public static final String ID = "fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa";
    public static final Instant STARTED = Instant.parse("2026-01-31T12:00:00Z");

    public static final PlatformProfile DATADOG = new PlatformProfile(
            "datadog",
            List.of("incident", "case"),
            false,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Set.of(),
            Map.of(),
            "case");
    public static final PlatformProfile SERVICENOW = new PlatformProfile(
            "servicenow",
            List.of("incident"),
            false,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Set.of(),
            Map.of(),
            "incident");
    public static final PlatformProfile PAGERDUTY = new PlatformProfile(
            "pagerduty",
            List.of("incident"),
            true,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Set.of(),
            Map.of(),
            "incident");

    /** The three platforms with the defaults of the configuration. */
    public static final List<PlatformProfile> PROFILES = List.of(DATADOG, SERVICENOW, PAGERDUTY);

    /** At the beginning of the incident, by the defaults of the configuration. */
    public static final Hearing HEARING = hearing(STARTED);

    private Samples() {}

    /** At another time. */
    public static Hearing hearing(Instant at) {
        return new Hearing(at, conflicts());
    }

    /** The defaults of the configuration. */
    public static ChangeRules conflicts() {
        return new ChangeRules(
                List.of("datadog", "servicenow", "pagerduty"),
                Duration.ofSeconds(5),
                3,
                Duration.ofMinutes(10),
                Set.of(),
                Set.of(),
                Set.of());
    }

    /** A new incident P1 of a Datadog monitor, of which no platform has a record. */
    public static Incident newIncident() {
        return newIncident("Checkout latency above 2 s", Priority.P1, Status.OPEN);
    }

    public static Incident newIncident(String title, Priority priority, Status status) {
        return new IncidentBuilder()
                .id(ID)
                .generation(1)
                .origin(new Origin("datadog", "datadog.monitor", "1100012345", "8482526754508042822", "98219311"))
                .title(title)
                .description("Customers wait.")
                .priority(priority)
                .status(status)
                .startedAt(STARTED)
                .receivedAt(STARTED.plusSeconds(1))
                .build();
    }

    /** The same from an old trigger: nothing is opened before its platform says that it still stands. */
    public static Incident unconfirmed() {
        return new IncidentBuilder()
                .from(newIncident())
                .description("")
                .unconfirmed(true)
                .build();
    }

    /** A new incident with a record of ours everywhere, each showing the desired state, none linked. */
    public static Incident opened() {
        var incident = newIncident();
        for (var profile : PROFILES) {
            for (var part : profile.parts()) {
                incident = opened(incident, profile.name(), part);
            }
        }
        return incident;
    }

    /** The incident with a record of ours on this platform, which shows the desired state. */
    public static Incident opened(Incident incident, String platform, String part) {
        return incident.withPart(
                platform, part, current -> current.opened(reference(platform, part), showing(incident)));
    }

    public static Reference reference(String platform, String part) {
        var id = platform + "-" + part + "-1";
        return new Reference(id, "#" + id, "https://" + platform + ".example/" + part + "/1", true, false);
    }

    public static Known showing(Incident incident) {
        return new Known(incident.status(), incident.priority(), STARTED, -1);
    }
}
