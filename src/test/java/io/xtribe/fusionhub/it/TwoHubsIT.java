package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two hubs share one NATS: either endpoint will do, nothing is doubled, and one alone finishes what the other began. */
class TwoHubsIT {
    private static final Duration PLENTY = Duration.ofSeconds(90);

    private Rig rig;
    private HubProcess one;
    private HubProcess other;

    @BeforeEach
    void start() {
        rig = Rig.start("TwoHubsIT");
        rig.latency(20);
        one = rig.hub().start();
        other = rig.hub().start();
        one.awaitReady();
        other.awaitReady();
        rig.redeliverAfter(Duration.ofSeconds(3));
        rig.webhooksTo(one);
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        rig.close();
    }

    @Test
    void shareTheWorkAndTheLossOfOne() {
        List<String> titles = Rig.titles("shared", 200);
        for (int i = 0; i < titles.size(); i++) {
            String alert = Rig.alert(titles.get(i));
            // Every fifth alert comes in through both endpoints.
            if (i % 2 == 0 || i % 5 == 0) {
                assertThat(one.webhook("datadog", alert)).isEqualTo(202);
            }
            if (i % 2 == 1 || i % 5 == 0) {
                assertThat(other.webhook("datadog", alert)).isEqualTo(202);
            }
        }
        rig.awaitSettled(titles, PLENTY);
        rig.assertLinkedOnce(titles);
        assertThat(openedBy(one)).as("triggers taken in by one").isPositive();
        assertThat(openedBy(other)).as("triggers taken in by the other").isPositive();
        assertThat(openedBy(one) + openedBy(other)).isEqualTo(200);

        List<String> more = Rig.titles("survived", 50);
        for (String title : more) {
            assertThat(one.webhook("datadog", Rig.alert(title))).isEqualTo(202);
        }
        int sofar = rig.calls("pagerduty", "create-incident");
        await().pollInterval(Duration.ofMillis(10))
                .atMost(PLENTY)
                .until(() -> rig.calls("pagerduty", "create-incident") >= Math.min(sofar + 5, 250));
        other.kill();
        rig.awaitSettled(more, PLENTY);
        List<String> all = new ArrayList<>(titles);
        all.addAll(more);
        rig.assertLinkedOnce(all);
        assertThat(one.metric("fusion_work_repaired_total").orElse(0)).isZero();
    }

    private static int openedBy(HubProcess hub) {
        return (int) hub.metric("fusion_signals_total", "outcome=opened").orElse(0);
    }
}
