package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.lab.sandbox.Sandbox;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;
import io.xtribe.fusionhub.testing.BuiltIn;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.SandboxClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A pattern that finds route files on disk may find none inside the jar. */
class PackagedRoutesIT {

    @Test
    void runsExactlyTheRoutesOfTheFolders() {
        try (var nats = NatsServer.start();
                var sandbox = Sandbox.start(SandboxOptions.defaults());
                var hub = HubProcess.builder("PackagedRoutesIT")
                        .nats(nats.url())
                        .sandbox(new SandboxClient(sandbox.url()))
                        .withJmx()
                        .start()) {
            hub.awaitReady();

            var expected = new ArrayList<>(RouteFiles.routeIds());
            List.of("datadog", "servicenow", "pagerduty").forEach(name -> expected.addAll(BuiltIn.madeRoutes(name)));
            assertThat(hub.routeIds()).containsExactlyInAnyOrderElementsOf(expected);
            // Ready is a hub with its intake started; the other routes follow.
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(expected)
                    .allSatisfy(id -> assertThat(hub.routeState(id)).isEqualTo("Started")));
        }
    }
}
