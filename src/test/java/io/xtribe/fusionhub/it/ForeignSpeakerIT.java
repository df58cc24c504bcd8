package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A clone of the ServiceNow instance, with its ids and its secret, posts to the same hub. */
class ForeignSpeakerIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String REAL = "the real P1";

    private Rig rig;
    private HubProcess hub;

    @BeforeEach
    void start() {
        rig = Rig.start("ForeignSpeakerIT");
        // As an operator leaves it: the instance tells its name.
        hub = rig.hub().env("FUSION_SERVICENOW_INSTANCE", "").start().awaitReady();
        rig.webhooksTo(hub);
    }

    @AfterEach
    void stop() {
        hub.close();
        rig.close();
    }

    private String open(String title) {
        var id = rig.platforms().serviceNowIncident(1, 1, title).path("id").asText();
        rig.awaitSettled(List.of(title), LIMIT);
        return id;
    }

    private void resolveOnTheClone(String sysId) {
        rig.platforms()
                .cloneServiceNowIncident(
                        sysId, Map.of("state", "6", "close_code", "Duplicate", "close_notes", "only a test"));
    }

    private List<JsonNode> letters() {
        return rig.read(Names.DEAD_LETTERS, "fusion.dead-letters.servicenow");
    }

    private void assertOpenEverywhere() {
        assertThat(rig.incidents().get(REAL).path("status").asText()).isNotEqualTo("resolved");
        var records = rig.platforms().records();
        assertThat(records.path("pagerduty").findValuesAsText("status")).containsOnly("triggered");
        assertThat(records.path("datadog").findValuesAsText("status")).doesNotContain("resolved", "Closed");
    }

    @Test
    void aCloneChangesAndOpensNothingAndIsNamed() {
        var id = open(REAL);

        resolveOnTheClone(id);
        rig.platforms().cloneServiceNowIncident("", Map.of("impact", "1", "urgency", "1", "short_description", "test"));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(letters()).hasSize(2));
        assertThat(letters()).allSatisfy(letter -> {
            assertThat(letter.path("class").asText()).isEqualTo("foreign");
            assertThat(letter.path("reason").asText()).contains("the instance 'acmetest', and only sandbox may speak");
            assertThat(letter.path("remedy").asText()).contains("fusion.servicenow.instance");
        });
        assertOpenEverywhere();
        assertThat(rig.incidents()).containsOnlyKeys(REAL);
        assertThat(hub.metric("fusion_signals_foreign_total", "source=servicenow", "speaker=acmetest"))
                .hasValue(2);
        assertThat(hub.log()).contains("A signal of servicenow is refused: it comes from the instance 'acmetest'");
        assertThat(hub.health().toString()).contains("\"servicenow instance\":\"sandbox\"");
    }

    /** Its signals wait in NATS while the instance does not answer, and a page waits for nothing. */
    @Test
    void whileTheInstanceIsAwayNothingIsChangedAndPagesGoOut() {
        var id = open(REAL);
        hub.terminate();
        rig.platforms().fault("servicenow", "query-properties").hang().always().inject();
        hub.start().awaitReady();

        resolveOnTheClone(id);
        rig.platforms().serviceNowIncident(1, 1, "logged meanwhile");
        rig.platforms().datadogAlert("P1", "detected meanwhile");

        await().atMost(LIMIT).until(() -> rig.incidents().containsKey("detected meanwhile"));
        await().atMost(LIMIT).until(() -> rig.incidents().containsKey("logged meanwhile"));
        assertOpenEverywhere();

        rig.platforms().clearFaults();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(letters()).hasSize(1));
        assertOpenEverywhere();
        await().atMost(LIMIT).until(() -> rig.signalsLeft() == 0);
    }

    /** What was told first after a start is not taken for true before it is known who told it. */
    @Test
    void rightAfterAStartToo() {
        var id = open(REAL);
        rig.webhooks(Map.of("maxTries", 1000));
        hub.kill();
        resolveOnTheClone(id);

        hub.start().awaitReady();

        await().atMost(LIMIT).untilAsserted(() -> assertThat(letters()).hasSize(1));
        assertOpenEverywhere();
    }
}
