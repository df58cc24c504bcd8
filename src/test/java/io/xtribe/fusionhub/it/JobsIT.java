package io.xtribe.fusionhub.it;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.NatsServer;

import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static io.xtribe.fusionhub.it.FaultRig.TICKET;
import static io.xtribe.fusionhub.it.JobDesk.PLENTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Batch jobs beside a hub at work; those that compare are {@link ReconcileIT}'s. */
class JobsIT {

    private static JobDesk desk;

    @BeforeAll
    static void start() {
        desk = JobDesk.start("JobsIT");
    }

    @AfterAll
    static void stop() {
        desk.close();
    }

    @BeforeEach
    void begin() {
        desk.begin();
    }

    private static List<JsonNode> letters() {
        return desk.rig().read(Names.DEAD_LETTERS, Names.deadLetters(">"));
    }

    private static void bury(String source, String body) {
        DeadLetterBox.put(desk.rig().nats(), source, "invalid", body);
    }

    @Test
    void deadLettersThatAreGivenTwiceChangeNothing() {
        desk.linked("replayed");
        int before = letters().size();
        desk.hub().webhook("datadog", "{\"no\": \"schema\"}");
        await().atMost(PLENTY).until(() -> letters().size() == before + 1);
        // Once it can be understood: a letter of a real alert, as Vector writes one.
        bury("datadog", Rig.alert("from a letter").replace("1100012345", "1200000001"));

        JobEnd dry = desk.job("replay", "--dry-run", "--class", "invalid");
        assertThat(dry.count("letters")).as(dry.log()).isEqualTo(1);
        assertThat(letters()).hasSize(before + 2);

        JobEnd first = desk.job("replay", "--class", "invalid");
        assertThat(first.code()).as(first.log()).isZero();
        desk.rig().awaitSettled(List.of("from a letter"), PLENTY);
        bury("datadog", Rig.alert("from a letter").replace("1100012345", "1200000001"));
        long written = desk.writes();

        assertThat(desk.job("replay", "--class", "invalid").count("replayed")).isEqualTo(1);
        await().atMost(PLENTY)
                .until(() -> desk.rig().consumer().getNumPending()
                                + desk.rig().consumer().getNumAckPending()
                        == 0);
        assertThat(desk.rig().incidents().values().stream()
                        .filter(one -> one.path("title").asText().equals("from a letter")))
                .hasSize(1);
        assertThat(desk.writes()).isEqualTo(written);
        assertThat(desk.job("replay", "--class", "not-understood").code()).isZero();
        // It still is not understood.
        await().atMost(PLENTY).until(() -> letters().size() == before + 1);
    }

    @Test
    void backfillMakesOneIncidentOfWhatPointsAtEachOtherAndPagesNobody() {
        JsonNode page = desk.rig().platforms().pagerDutyIncident("P1", "from before");
        desk.rig()
                .platforms()
                .serviceNowIncident(Map.of(
                        "impact",
                        "1",
                        "urgency",
                        "1",
                        "caller",
                        "jane.doe",
                        "short_description",
                        "its ticket",
                        "description",
                        "paged: " + page.path("url").asText() + "."));
        desk.rig().platforms().serviceNowIncident(1, 1, "alone before");
        int pages = desk.rig().calls("pagerduty", "create-incident");

        assertThat(desk.job("backfill", "--since", "1h").code())
                .as("nobody has agreed")
                .isEqualTo(64);
        JobEnd dry = desk.job("backfill", "--since", "1h", "--dry-run");
        assertThat(dry.rows("WOULD")).as(dry.log()).containsExactly("pagerduty adopt", "servicenow open");

        JobEnd done = desk.job("backfill", "--since", "1h", "--yes");

        assertThat(done.code()).as(done.log()).isZero();
        assertThat(desk.rig().calls("pagerduty", "create-incident")).isEqualTo(pages);
        assertThat(desk.id("from before", PAGE)).isEqualTo(page.path("id").asText());
        assertThat(desk.id("from before", TICKET)).isNotEmpty();
        assertThat(desk.id("alone before", PAGE)).isEmpty();
        assertThat(desk.id("alone before", FaultRig.DATADOG)).isNotEmpty();
        assertThat(desk.job("backfill", "--since", "1h", "--yes").count("incidents"))
                .isZero();
    }

    /** A second NATS server, which knows nothing, stands for one that has lost everything. */
    @Test
    void rebuildMakesTheRecordsAgainAndWritesNothingTwice() {
        desk.linked("to be lost");
        String id = desk.incident("to be lost").path("id").asText();
        JsonNode before = desk.rig().platforms().records();
        try (NatsServer empty = NatsServer.start();
                HubProcess other = desk.ours().nats(empty.url()).start().awaitReady()) {
            assertThat(other.incidents()).isEmpty();

            JobEnd done = desk.job(desk.ours().nats(empty.url()), "rebuild");

            assertThat(done.code()).as(done.log()).isZero();
            JsonNode rebuilt = other.incident(id).path("incident");
            assertThat(rebuilt.path("settledGeneration").asLong())
                    .as("%s", other.incident(id))
                    .isEqualTo(rebuilt.path("generation").asLong())
                    .isPositive();
            for (var place : List.of(PAGE, TICKET, FaultRig.DATADOG, FaultRig.CASE)) {
                assertThat(rebuilt.path("platforms")
                                .path(place.platform())
                                .path(place.part())
                                .at("/reference/id")
                                .asText())
                        .isEqualTo(desk.id("to be lost", place));
            }
        }
        assertThat(desk.rig().platforms().records()).isEqualTo(before);
    }

    @Test
    void convergeWaitsUntilOneIncidentStands() {
        desk.linked("to converge");
        String id = desk.incident("to converge").path("id").asText();

        JobEnd done = desk.job("converge", "--incident", id, "--by", "tester");

        assertThat(done.code()).as(done.log()).isZero();
        assertThat(done.summary().at("/result/records").size()).isEqualTo(4);
        assertThat(desk.rig().read(Names.TIMELINE, Names.timeline(id)).toString())
                .contains("converge by tester");
        assertThat(desk.job("converge", "--incident", "fx-00000000000000000000000000000000")
                        .code())
                .isEqualTo(64);
    }

    @Test
    void whatCannotBeDoneNowIsToldByItsExitCode() {
        desk.linked("for exit codes");
        assertThat(desk.job(desk.ours().env("FUSION_NATS_URL", "nats://127.0.0.1:1"), "reconcile")
                        .code())
                .isEqualTo(69);
        assertThat(desk.job("reconcile", "--since", "yesterday").code()).isEqualTo(64);
        assertThat(desk.jobSince("reconcile", "--platform", "nowhere").code()).isEqualTo(64);
        desk.rig().platforms().fault("servicenow", "*").drop().always().inject();
        JobEnd away = desk.jobSince("reconcile", "--platform", "servicenow");
        desk.rig().platforms().clearFaults();
        assertThat(away.code()).as(away.log()).isEqualTo(69);
        desk.hub().terminate();
        try {
            assertThat(desk.jobSince("reconcile").code()).as("no hub").isEqualTo(75);
            assertThat(desk.jobSince("reconcile", "--dry-run").code())
                    .as("needs none")
                    .isZero();
        } finally {
            desk.hub().start().awaitReady();
        }
    }
}
