package io.xtribe.fusionhub.it;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.nats.client.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.Http;
import io.xtribe.fusionhub.testing.HubProcess;

import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static io.xtribe.fusionhub.it.FaultRig.TICKET;
import static io.xtribe.fusionhub.it.JobDesk.PLENTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The jobs that compare what platforms show with what is known. */
class ReconcileIT {

    private static JobDesk desk;

    @BeforeAll
    static void start() {
        desk = JobDesk.start("ReconcileIT");
    }

    @AfterAll
    static void stop() {
        desk.close();
    }

    @BeforeEach
    void begin() {
        desk.begin();
    }

    /** How far a run says that it has come; missing where none does. */
    private static JsonNode progress() {
        try (Connection connection = desk.rig().nats().connect()) {
            var entry = connection.keyValue(Names.JOBS_BUCKET).get("progress.reconcile");
            return entry == null || entry.getValue() == null
                    ? MissingNode.getInstance()
                    : FaultRig.parse(new String(entry.getValue(), StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(String ticket) {
        var answer = Http.send(
                "DELETE",
                desk.rig().platforms().url("servicenow") + "/api/now/table/incident/" + ticket,
                new byte[0],
                Map.of(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString("fusion:sandbox-password".getBytes(StandardCharsets.UTF_8))));
        assertThat(answer.statusCode()).isEqualTo(204);
    }

    @Test
    void reconcileFindsEachKindOfDriftAndRepairsIt() {
        desk.linked("drift of a ticket", "drift of a page", "no drift");
        desk.rig()
                .platforms()
                .changeServiceNowIncident(
                        desk.id("drift of a ticket", TICKET),
                        Map.of("impact", "1", "urgency", "2", "work_notes", "seen by the night shift"));
        desk.rig()
                .platforms()
                .changeServiceNowIncident(desk.id("drift of a ticket", TICKET), Map.of("short_description", "renamed"));
        desk.rig()
                .platforms()
                .changePagerDutyIncident(
                        desk.id("drift of a page", PAGE), Map.of("status", "acknowledged", "note", "on my way"));
        desk.rig()
                .platforms()
                .changePagerDutyIncident(desk.id("drift of a page", PAGE), Map.of("clear", "servicenow_incident_url"));
        long before = desk.writes();
        var stored = desk.rig().incidents();

        JobEnd dry = desk.jobSince("reconcile", "--dry-run");

        assertThat(dry.code()).as(dry.log()).isEqualTo(3);
        assertThat(dry.rows("WOULD"))
                .contains(
                        "pagerduty comment",
                        "pagerduty link",
                        "servicenow comment",
                        "servicenow priority",
                        "servicenow title");
        assertThat(desk.writes()).as("calls that write").isEqualTo(before);
        assertThat(desk.rig().incidents()).isEqualTo(stored);

        JobEnd done = desk.jobSince("reconcile");

        assertThat(done.rows("DONE"))
                .as(done.log())
                .contains(
                        "pagerduty comment",
                        "pagerduty link",
                        "servicenow comment",
                        "servicenow priority",
                        "servicenow title");
        assertThat(done.rows("LEFT")).isEmpty();
        assertThat(done.code()).isZero();
        assertThat(desk.incident("renamed").path("priority").asText()).isEqualTo("P2");
        assertThat(desk.incident("drift of a page").path("status").asText()).isEqualTo("ACKNOWLEDGED");
        assertThat(desk.page("renamed").path("notes").toString()).contains("seen by the night shift");
        assertThat(desk.page("drift of a page")
                        .at("/custom_fields/servicenow_incident_url")
                        .asText())
                .isNotEmpty();

        JobEnd again = desk.jobSince("reconcile");

        assertThat(again.code()).as(again.log()).isZero();
        assertThat(again.summary().path("rows")).isEmpty();
    }

    @Test
    void relinkLeavesEverythingElseAlone() {
        desk.linked("a link and a status");
        desk.rig()
                .platforms()
                .changePagerDutyIncident(desk.id("a link and a status", PAGE), Map.of("clear", "datadog_incident_url"));
        desk.rig()
                .platforms()
                .changeServiceNowIncident(
                        desk.id("a link and a status", TICKET), Map.of("impact", "1", "urgency", "2"));

        JobEnd done = desk.jobSince("relink", "--platform", "pagerduty");

        assertThat(done.code()).as(done.log()).isZero();
        assertThat(done.rows("DONE")).contains("pagerduty link");
        assertThat(desk.page("a link and a status")
                        .at("/custom_fields/datadog_incident_url")
                        .asText())
                .isNotEmpty();
        assertThat(desk.incident("a link and a status").path("priority").asText())
                .isEqualTo("P1");
        assertThat(desk.jobSince("reconcile", "--platform", "servicenow").code())
                .isZero();
    }

    /** A record that is not there may only be hidden: a second one is opened for whoever asks for it. */
    @Test
    void aRecordThatIsGoneIsToldAndOpenedAgainWhenAsked() {
        desk.linked("gone ticket");
        String before = desk.id("gone ticket", TICKET);
        delete(before);

        JobEnd told = desk.jobSince("reconcile", "--platform", "servicenow");

        assertThat(told.code()).as(told.log()).isEqualTo(3);
        assertThat(told.rows("LEFT")).containsExactly("servicenow record");
        assertThat(desk.id("gone ticket", TICKET)).isEqualTo(before);

        JobEnd done = desk.jobSince("reconcile", "--platform", "servicenow", "--recreate");

        assertThat(done.code()).as(done.log()).isZero();
        assertThat(desk.id("gone ticket", TICKET)).isNotEqualTo(before).isNotEmpty();
    }

    @Test
    void aRunThatWasKilledIsGoneOnWith() {
        desk.linked("read by two runs");
        desk.rig().platforms().settings(Map.of("latencyMs", Map.of("pagerduty", 700)));
        try (HubProcess first =
                desk.ours().arguments("job", "reconcile", "--singly", "0").start()) {
            await().atMost(PLENTY).until(() -> progress().path("done").size() == 2);
            first.kill();
        }
        desk.rig().platforms().settings(Map.of("latencyMs", Map.of("pagerduty", 0)));

        JobEnd second = desk.job("reconcile", "--singly", "0");

        assertThat(second.count("platforms-done-before")).as(second.log()).isEqualTo(2);
        assertThat(desk.job("reconcile", "--singly", "0").count("platforms-done-before"))
                .isZero();
    }

    /** PagerDuty's limit alone lets a job read the notes of some hundred records only. */
    @Test
    void whatTakesACallForEachRecordIsReadOfSoManyAndTheOthersAreCounted() {
        desk.linked("one note", "another note");
        for (String title : List.of("one note", "another note")) {
            desk.rig().platforms().changePagerDutyIncident(desk.id(title, PAGE), Map.of("note", "on my way"));
        }

        JobEnd some = desk.jobSince("reconcile", "--platform", "pagerduty", "--singly", "1");

        assertThat(some.rows("DONE")).as(some.log()).containsExactly("pagerduty comment");
        JsonNode read = some.summary().at("/result/readOneByOne/pagerduty");
        assertThat(read.path("read").asInt()).isEqualTo(1);
        assertThat(read.path("leftChanged").asInt() + read.path("leftUnchanged").asInt())
                .isEqualTo(1);

        JobEnd all = desk.job("reconcile", "--platform", "pagerduty");
        assertThat(all.rows("DONE")).as(all.log()).containsExactly("pagerduty comment");

        // What the hub itself has written since counts as a change as well.
        JobEnd next = desk.job("reconcile", "--platform", "pagerduty");
        assertThat(next.rows("DONE")).as(next.log()).isEmpty();
        assertThat(next.summary()
                        .at("/result/readOneByOne/pagerduty/leftChanged")
                        .asInt())
                .isZero();
    }
}
