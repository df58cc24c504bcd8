package io.xtribe.fusionhub.incident;

import java.time.Instant;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.testing.Signals;

/** Signals about one incident, and what applying them makes of it. */
abstract class ObservingFixture {

    static final Instant T0 = Samples.STARTED;
    static final String OURS = Samples.ID;

    static Incident apply(Incident incident, Signal signal) {
        return incident.observe(Observation.of(signal), Samples.HEARING).incident();
    }

    static String id(Incident incident) {
        return incident.part("servicenow", "incident").reference().id();
    }

    static Signal alert(String status, Instant at) {
        return Signals.of(
                "a-" + at,
                "datadog",
                SignalKind.UPDATED,
                "",
                new Signal.FirstSign("datadog.monitor", "Triggered", "", "98219311"),
                null,
                "1100012345",
                "8482526754508042822",
                null,
                "Checkout latency",
                "",
                "P1",
                status,
                at,
                -1,
                RoutingHints.NONE);
    }

    static Signal ticket(String id, long version, String status, String priority, String fusionKey) {
        return ticket(id, version, status, priority, fusionKey, false);
    }

    static Signal ticket(String id, long version, String status, String priority, String fusionKey, boolean keyTaken) {
        return Signals.of(
                "t-" + id + "-" + version,
                "servicenow",
                SignalKind.UPDATED,
                "",
                new Signal.FirstSign("servicenow", "incident.created", "", id),
                new Signal.PlatformRecord("incident", id, "No " + id, "https://now.example/" + id, keyTaken),
                "dev1",
                id,
                PlatformKey.findIn(fusionKey).orElse(null),
                "title",
                "",
                priority,
                status,
                T0.plusSeconds(version),
                version,
                RoutingHints.NONE);
    }
}
