package io.xtribe.fusionhub.it;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.SandboxClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A hub that may create nothing on NATS waits until somebody else has created what it needs, and says what that is. */
class StartInVerifyModeIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void saysWhatIsMissingAndStartsWhenItIsThere() {
        try (NatsServer nats = NatsServer.start();
                HubProcess hub =
                        settings(nats).env("FUSION_NATS_MANAGE", "verify").start()) {
            await().atMost(LIMIT).until(() -> !waiting(hub).isEmpty());

            assertThat(waiting(hub))
                    .contains(
                            "The hub cannot begin yet: missing on NATS: ",
                            "stream FUSION_SIGNALS on [fusion.signals.>]",
                            "bucket fusion-incidents",
                            "create or change that, or set fusion.nats.manage=create; next try in 2 s");
            assertThat(hub.readiness()).as("readiness").isEqualTo(503);
            assertThat(hub.liveness()).as("liveness").isEqualTo(200);
            assertThat(hub.webhook("datadog", "{}")).as("webhook").isEqualTo(503);

            try (HubProcess creator = settings(nats).start().awaitReady()) {
                hub.awaitReady();
            }

            await().atMost(LIMIT).until(() -> hub.log().contains("Fusion Hub is up, mode SYNC, platforms ["));
            assertThat(hub.log()).doesNotContain("\tat ");
        }
    }

    /** The first line that says so; empty while there is none. */
    private static String waiting(HubProcess hub) {
        return hub.log()
                .lines()
                .filter(line -> line.contains("cannot begin"))
                .findFirst()
                .orElse("");
    }

    private static HubProcess.Builder settings(NatsServer nats) {
        return FaultRig.settings("StartInVerifyModeIT", new SandboxClient("http://127.0.0.1:1"))
                .nats(nats.url());
    }
}
