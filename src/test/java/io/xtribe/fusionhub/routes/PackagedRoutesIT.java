package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.NatsServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A pattern that finds route files on disk may find none inside the jar. */
class PackagedRoutesIT {

    @Test
    void runsExactlyTheRoutesOfTheFiles() {
        try (var nats = NatsServer.start();
                var hub = HubProcess.builder("PackagedRoutesIT")
                        .nats(nats.url())
                        .env("FUSION_PLATFORMS", "datadog,servicenow,pagerduty")
                        .env("FUSION_DATADOG_URL", "http://127.0.0.1:9")
                        .env("FUSION_SERVICENOW_URL", "http://127.0.0.1:9")
                        .env("FUSION_PAGERDUTY_URL", "http://127.0.0.1:9")
                        .withJmx()
                        .start()
                        .awaitReady()) {
            assertThat(hub.routeIds()).containsExactlyInAnyOrderElementsOf(RouteFiles.routeIds());
            assertThat(RouteFiles.routeIds())
                    .allSatisfy(id -> assertThat(hub.routeState(id)).isEqualTo("Started"));
        }
    }
}
