package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A hub that has only OAuth to get into ServiceNow. */
class ServiceNowTokenIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void opensAndLinksWithOneToken() {
        try (FaultRig rig =
                FaultRig.start("ServiceNowTokenIT", settings -> settings.env("FUSION_SERVICENOW_USERNAME", "")
                        .env("FUSION_SERVICENOW_PASSWORD", "")
                        .env("FUSION_SERVICENOW_CLIENT_ID", "sandbox-client")
                        .env("FUSION_SERVICENOW_CLIENT_SECRET", "sandbox-client-secret"))) {
            rig.sandbox.settings(Map.of("credentials", Map.of("servicenow.password", "nobody knows it")));

            rig.trigger("a first one");
            rig.awaitLinked("a first one", LIMIT);
            rig.trigger("a second one");
            rig.awaitLinked("a second one", LIMIT);

            rig.assertLinked("a first one");
            rig.assertLinked("a second one");
            assertThat(rig.sandbox.calls("servicenow", "token")).hasSize(1);
            assertThat(rig.hub.log()).doesNotContain("sandbox-client-secret");
        }
    }
}
