package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.KeptComment;
import io.xtribe.fusionhub.incident.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What {@code fusion.datadog.recovery} makes of a monitor that recovers, from its webhook to the record. */
class SignalsRecoveryRouteTest {

    private abstract static class Recovery extends SignalsIntakeFixture {

        private final String setting;

        Recovery(String setting) {
            this.setting = setting;
        }

        @Override
        Map<String, String> moreSettings() {
            return Map.of("fusion.datadog.recovery", setting);
        }

        Incident recovered() throws Exception {
            publish(alert("Triggered", "P1", Duration.ofSeconds(5)));
            await().atMost(SOON).until(() -> intake().getAckFloor().getStreamSequence() == 1);
            publish(alert("Recovered", "P1", Duration.ZERO));
            await().atMost(SOON).until(() -> intake().getAckFloor().getStreamSequence() == 2);
            assertThat(timeline.texts(id())).anyMatch(text -> text.contains(expected()));
            return store.find(id()).orElseThrow().incident();
        }

        abstract String expected();

        private String id() throws Exception {
            return CorrelationId.derive(
                    "datadog",
                    alert().at("/org/id").asText(),
                    alert().path("alert_cycle_key").asText());
        }
    }

    @Nested
    class Resolve extends Recovery {
        Resolve() {
            super("resolve");
        }

        @Override
        String expected() {
            return "resolved";
        }

        @Test
        void endsTheIncident() throws Exception {
            assertThat(recovered().status()).isEqualTo(Status.RESOLVED);
        }
    }

    @Nested
    class Comment extends Recovery {
        Comment() {
            super("comment");
        }

        @Override
        String expected() {
            return "changes nothing elsewhere (comment)";
        }

        @Test
        void isSaidOnThePlatformsAndTheIncidentGoesOn() throws Exception {
            var incident = recovered();

            assertThat(incident.status()).isEqualTo(Status.OPEN);
            assertThat(incident.comments()).extracting(KeptComment::said).containsExactly("over in {datadog}");
        }
    }

    @Nested
    class Ignore extends Recovery {
        Ignore() {
            super("ignore");
        }

        @Override
        String expected() {
            return "changes nothing elsewhere (ignore)";
        }

        @Test
        void isOnlyKnown() throws Exception {
            var incident = recovered();

            assertThat(incident.status()).isEqualTo(Status.OPEN);
            assertThat(incident.comments()).isEmpty();
        }
    }
}
