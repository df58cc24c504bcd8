package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whatever a hub shows, at work and in trouble, shows none of its secrets. */
class SecretsIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String API_TOKEN = "api-token-of-this-test";

    @Test
    void areNotShownAnywhere() {
        try (FaultRig rig =
                FaultRig.start("SecretsIT", settings -> settings.withJmx().env("FUSION_API_TOKEN", API_TOKEN))) {
            rig.trigger("a first one");
            rig.awaitLinked("a first one", LIMIT);
            for (String platform : FaultRig.PLATFORMS) {
                rig.sandbox.fault(platform, "*").status(401).inject();
                assertThat(rig.hub.webhook(platform, "{}", Map.of())).isEqualTo(401);
            }
            rig.trigger("a refused one");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(rig.timeline("a refused one"))
                    .filteredOn(line -> line.contains("401"))
                    .hasSizeGreaterThanOrEqualTo(FaultRig.PLATFORMS.size()));

            String jmx = rig.hub.jmxAttributes();
            assertThat(jmx).contains("signals-intake", "servicenow-open");
            assertShowsNone("JMX", jmx);
            assertShowsNone("the log", rig.hub.log());
            assertShowsNone("health", rig.hub.health().toString());
            assertShowsNone("metrics", rig.hub.metrics());
            assertShowsNone("the API", rig.hub.incidents().toString());
            for (String title : List.of("a first one", "a refused one")) {
                assertShowsNone("the API", rig.hub.incident(rig.id(title)).toString());
            }
        }
    }

    private static void assertShowsNone(String where, String text) {
        assertThat(text).as(where).isNotEmpty();
        List<String> secrets = new ArrayList<>(HubProcess.SANDBOX_SECRETS);
        secrets.add(API_TOKEN);
        FaultRig.PLATFORMS.forEach(platform -> secrets.add(Webhooks.secret(platform)));
        for (String secret : secrets) {
            assertThat(text.lines().filter(line -> line.contains(secret)))
                    .as(secret + " in " + where)
                    .isEmpty();
        }
    }
}
