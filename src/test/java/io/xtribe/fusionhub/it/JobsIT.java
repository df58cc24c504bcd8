package io.xtribe.fusionhub.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

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
import io.xtribe.fusionhub.testing.NatsServer;

import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static io.xtribe.fusionhub.it.FaultRig.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Batch jobs as processes beside a hub at work. No webhook and no poll tells what happens: only jobs find it. */
class JobsIT {

    private static final Duration PLENTY = Duration.ofSeconds(60);

    private static Rig rig;
    private static HubProcess hub;
    private static Instant began;

    @BeforeEach
    void begin() {
        began = Instant.now();
    }

    @BeforeAll
    static void start() {
        rig = Rig.start("JobsIT");
        hub = ours().start().awaitReady();
    }

    @AfterAll
    static void stop() {
        hub.close();
        rig.close();
    }

    private static HubProcess.Builder ours() {
        return rig.hub()
                .env("FUSION_DATADOG_ORG_ID", "1200000001")
                .env("FUSION_SERVICENOW_INSTANCE", "sandbox")
                .env("FUSION_TRIGGERS_SOURCES", "datadog.monitor,datadog.incident,servicenow,pagerduty.manual");
    }

    /** What a job ended with. */
    private record End(int code, JsonNode summary, String log) {

        List<String> rows(String state) {
            return StreamSupport.stream(summary.path("rows").spliterator(), false)
                    .filter(row -> row.path("state").asText().equals(state))
                    .map(row -> row.path("platform").asText() + " "
                            + row.path("kind").asText())
                    .sorted()
                    .toList();
        }

        long count(String what) {
            return summary.path("counts").path(what).asLong();
        }
    }

    private static End job(String... arguments) {
        return job(ours(), arguments);
    }

    private static End job(HubProcess.Builder settings, String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "job";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try (HubProcess process = settings.arguments(all).start()) {
            int code = process.awaitExit(PLENTY.multipliedBy(2));
            return end(code, process.log());
        }
    }

    private static End end(int code, String log) {
        var last = log.lines().filter(line -> line.startsWith("{\"job\"")).reduce((one, other) -> other);
        return new End(code, last.map(FaultRig::parse).orElse(null), log);
    }

    /** Alerts that webhooks tell of; what happens afterwards no webhook tells. */
    private static void linked(String... titles) {
        rig.webhooksTo(hub);
        webhooks(true);
        for (String title : titles) {
            rig.platforms().datadogAlert("P1", title);
        }
        rig.awaitSettled(List.of(titles), PLENTY);
        webhooks(false);
    }

    private static void webhooks(boolean on) {
        rig.webhooks(Map.of("enabled", Map.of("datadog", on, "servicenow", on, "pagerduty", on)));
    }

    /** A job on what this test has made. */
    private static End jobSince(String... arguments) {
        var all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--since";
        all[arguments.length + 1] = began.toString();
        return job(all);
    }

    private static JsonNode incident(String title) {
        return rig.incidents().get(title);
    }

    private static String id(String title, FaultRig.Place place) {
        return incident(title)
                .path("platforms")
                .path(place.platform())
                .path(place.part())
                .at("/reference/id")
                .asText();
    }

    private static long writes() {
        return rig.platforms().counts().path("writes").asLong();
    }

    private static JsonNode page(String title) {
        return FaultRig.record(rig.platforms().records(), incident(title).path("platforms"), PAGE);
    }

    private static List<JsonNode> letters() {
        return rig.read(Names.DEAD_LETTERS, Names.deadLetters(">"));
    }

    /** A dead letter with that webhook, of the class invalid, as hub and Vector write them. */
    private static void bury(String source, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] letter = Http.bytes(Map.of(
                "id",
                UUID.randomUUID().toString(),
                "source",
                source,
                "content",
                "webhook",
                "class",
                "invalid",
                "reason",
                "the mapping was wrong",
                "time",
                Instant.now().toString(),
                "bodyBase64",
                Base64.getEncoder().encodeToString(bytes),
                "bodyTruncated",
                false));
        try (Connection connection = rig.nats().connect()) {
            connection.jetStream().publish(Names.deadLetters(source), letter);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** How far a run says that it has come; missing where none does. */
    private static JsonNode progress() {
        try (Connection connection = rig.nats().connect()) {
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
                rig.platforms().url("servicenow") + "/api/now/table/incident/" + ticket,
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
        linked("drift of a ticket", "drift of a page", "no drift");
        rig.platforms()
                .changeServiceNowIncident(
                        id("drift of a ticket", TICKET),
                        Map.of("impact", "1", "urgency", "2", "work_notes", "seen by the night shift"));
        rig.platforms()
                .changeServiceNowIncident(id("drift of a ticket", TICKET), Map.of("short_description", "renamed"));
        rig.platforms()
                .changePagerDutyIncident(
                        id("drift of a page", PAGE), Map.of("status", "acknowledged", "note", "on my way"));
        rig.platforms()
                .changePagerDutyIncident(id("drift of a page", PAGE), Map.of("clear", "servicenow_incident_url"));
        long before = writes();
        var stored = rig.incidents();

        End dry = jobSince("reconcile", "--dry-run");

        assertThat(dry.code()).as(dry.log()).isEqualTo(3);
        assertThat(dry.rows("WOULD"))
                .contains(
                        "pagerduty comment",
                        "pagerduty link",
                        "servicenow comment",
                        "servicenow priority",
                        "servicenow title");
        assertThat(writes()).as("calls that write").isEqualTo(before);
        assertThat(rig.incidents()).isEqualTo(stored);

        End done = jobSince("reconcile");

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
        assertThat(incident("renamed").path("priority").asText()).isEqualTo("P2");
        assertThat(incident("drift of a page").path("status").asText()).isEqualTo("ACKNOWLEDGED");
        assertThat(page("renamed").path("notes").toString()).contains("seen by the night shift");
        assertThat(page("drift of a page")
                        .at("/custom_fields/servicenow_incident_url")
                        .asText())
                .isNotEmpty();

        End again = jobSince("reconcile");

        assertThat(again.code()).as(again.log()).isZero();
        assertThat(again.summary().path("rows")).isEmpty();
    }

    @Test
    void relinkLeavesEverythingElseAlone() {
        linked("a link and a status");
        rig.platforms()
                .changePagerDutyIncident(id("a link and a status", PAGE), Map.of("clear", "datadog_incident_url"));
        rig.platforms()
                .changeServiceNowIncident(id("a link and a status", TICKET), Map.of("impact", "1", "urgency", "2"));

        End done = jobSince("relink", "--platform", "pagerduty");

        assertThat(done.code()).as(done.log()).isZero();
        assertThat(done.rows("DONE")).contains("pagerduty link");
        assertThat(page("a link and a status")
                        .at("/custom_fields/datadog_incident_url")
                        .asText())
                .isNotEmpty();
        assertThat(incident("a link and a status").path("priority").asText()).isEqualTo("P1");
        assertThat(jobSince("reconcile", "--platform", "servicenow").code()).isZero();
    }

    /** A record that is not there may only be hidden: a second one is opened for whoever asks for it. */
    @Test
    void aRecordThatIsGoneIsToldAndOpenedAgainWhenAsked() {
        linked("gone ticket");
        String before = id("gone ticket", TICKET);
        delete(before);

        End told = jobSince("reconcile", "--platform", "servicenow");

        assertThat(told.code()).as(told.log()).isEqualTo(3);
        assertThat(told.rows("LEFT")).containsExactly("servicenow record");
        assertThat(id("gone ticket", TICKET)).isEqualTo(before);

        End done = jobSince("reconcile", "--platform", "servicenow", "--recreate");

        assertThat(done.code()).as(done.log()).isZero();
        assertThat(id("gone ticket", TICKET)).isNotEqualTo(before).isNotEmpty();
    }

    @Test
    void aRunThatWasKilledIsGoneOnWith() {
        linked("read by two runs");
        rig.platforms().settings(Map.of("latencyMs", Map.of("pagerduty", 700)));
        try (HubProcess first =
                ours().arguments("job", "reconcile", "--singly", "0").start()) {
            await().atMost(PLENTY).until(() -> progress().path("done").size() == 2);
            first.kill();
        }
        rig.platforms().settings(Map.of("latencyMs", Map.of("pagerduty", 0)));

        End second = job("reconcile", "--singly", "0");

        assertThat(second.count("platforms-done-before")).as(second.log()).isEqualTo(2);
        assertThat(job("reconcile", "--singly", "0").count("platforms-done-before"))
                .isZero();
    }

    @Test
    void deadLettersThatAreGivenTwiceChangeNothing() {
        linked("replayed");
        int before = letters().size();
        hub.webhook("datadog", "{\"no\": \"schema\"}");
        await().atMost(PLENTY).until(() -> letters().size() == before + 1);
        // Once it can be understood: a letter of a real alert, as Vector writes one.
        bury("datadog", Rig.alert("from a letter").replace("1100012345", "1200000001"));

        End dry = job("replay", "--dry-run", "--class", "invalid");
        assertThat(dry.count("letters")).as(dry.log()).isEqualTo(1);
        assertThat(letters()).hasSize(before + 2);

        End first = job("replay", "--class", "invalid");
        assertThat(first.code()).as(first.log()).isZero();
        rig.awaitSettled(List.of("from a letter"), PLENTY);
        bury("datadog", Rig.alert("from a letter").replace("1100012345", "1200000001"));
        long written = writes();

        assertThat(job("replay", "--class", "invalid").count("replayed")).isEqualTo(1);
        await().atMost(PLENTY)
                .until(() -> rig.consumer().getNumPending() + rig.consumer().getNumAckPending() == 0);
        assertThat(rig.incidents().values().stream()
                        .filter(one -> one.path("title").asText().equals("from a letter")))
                .hasSize(1);
        assertThat(writes()).isEqualTo(written);
        assertThat(job("replay", "--class", "not-understood").code()).isZero();
        // It still is not understood.
        await().atMost(PLENTY).until(() -> letters().size() == before + 1);
    }

    @Test
    void backfillMakesOneIncidentOfWhatPointsAtEachOtherAndPagesNobody() {
        JsonNode page = rig.platforms().pagerDutyIncident("P1", "from before");
        rig.platforms()
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
        rig.platforms().serviceNowIncident(1, 1, "alone before");
        int pages = rig.calls("pagerduty", "create-incident");

        assertThat(job("backfill", "--since", "1h").code())
                .as("nobody has agreed")
                .isEqualTo(64);
        End dry = job("backfill", "--since", "1h", "--dry-run");
        assertThat(dry.rows("WOULD")).as(dry.log()).containsExactly("pagerduty adopt", "servicenow open");

        End done = job("backfill", "--since", "1h", "--yes");

        assertThat(done.code()).as(done.log()).isZero();
        assertThat(rig.calls("pagerduty", "create-incident")).isEqualTo(pages);
        assertThat(id("from before", PAGE)).isEqualTo(page.path("id").asText());
        assertThat(id("from before", TICKET)).isNotEmpty();
        assertThat(id("alone before", PAGE)).isEmpty();
        assertThat(id("alone before", FaultRig.DATADOG)).isNotEmpty();
        assertThat(job("backfill", "--since", "1h", "--yes").count("incidents")).isZero();
    }

    /** A second NATS server, which knows nothing, stands for one that has lost everything. */
    @Test
    void rebuildMakesTheRecordsAgainAndWritesNothingTwice() {
        linked("to be lost");
        String id = incident("to be lost").path("id").asText();
        JsonNode before = rig.platforms().records();
        try (NatsServer empty = NatsServer.start();
                HubProcess other = ours().nats(empty.url()).start().awaitReady()) {
            assertThat(other.incidents()).isEmpty();

            End done = job(ours().nats(empty.url()), "rebuild");

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
                        .isEqualTo(id("to be lost", place));
            }
        }
        assertThat(rig.platforms().records()).isEqualTo(before);
    }

    @Test
    void doctorSaysWhatIsWrongAndWhatToDo() {
        End doctor = job(
                ours().env("FUSION_PAGERDUTY_ESCALATION_POLICY_ID", "PPOLICYNO")
                        .env("FUSION_SERVICENOW_CLOSE_CODE", "No such code")
                        .env("FUSION_DATADOG_PROJECT_ID", "00000000-0000-0000-0000-00000000dead"),
                "doctor");

        assertThat(doctor.code()).as(doctor.log()).isEqualTo(3);
        assertThat(doctor.rows("LEFT"))
                .contains("datadog project", "pagerduty on-call", "pagerduty webhook", "servicenow close-code");
        assertThat(doctor.rows("OK"))
                .contains("nats hub", "nats streams", "pagerduty credentials", "pagerduty sender", "servicenow user");
        assertThat(doctor.log()).contains("nobody is on call").contains("To do: put somebody on the schedule");
    }

    @Test
    void convergeWaitsUntilOneIncidentStands() {
        linked("to converge");
        String id = incident("to converge").path("id").asText();

        End done = job("converge", "--incident", id, "--by", "tester");

        assertThat(done.code()).as(done.log()).isZero();
        assertThat(done.summary().at("/result/records").size()).isEqualTo(4);
        assertThat(rig.read(Names.TIMELINE, Names.timeline(id)).toString()).contains("converge by tester");
        assertThat(job("converge", "--incident", "fx-00000000000000000000000000000000")
                        .code())
                .isEqualTo(64);
    }

    @Test
    void reportTellsHowIncidentsWent() {
        linked("in the report");

        End csv = job("report", "--format", "csv", "--progress", "none");

        assertThat(csv.code()).as(csv.log()).isZero();
        assertThat(csv.log()).contains("id,title,priority,origin").contains(",in the report,P1,datadog,OPEN,");
        assertThat(csv.summary().at("/result/rows").size()).isGreaterThan(1);
    }

    @Test
    void whatCannotBeDoneNowIsToldByItsExitCode() {
        linked("for exit codes");
        assertThat(job(ours().env("FUSION_NATS_URL", "nats://127.0.0.1:1"), "reconcile")
                        .code())
                .isEqualTo(69);
        assertThat(job("reconcile", "--since", "yesterday").code()).isEqualTo(64);
        assertThat(jobSince("reconcile", "--platform", "nowhere").code()).isEqualTo(64);
        rig.platforms().fault("servicenow", "*").drop().always().inject();
        End away = jobSince("reconcile", "--platform", "servicenow");
        rig.platforms().clearFaults();
        assertThat(away.code()).as(away.log()).isEqualTo(69);
        hub.terminate();
        try {
            assertThat(jobSince("reconcile").code()).as("no hub").isEqualTo(75);
            assertThat(jobSince("reconcile", "--dry-run").code())
                    .as("needs none")
                    .isZero();
        } finally {
            hub.start().awaitReady();
        }
    }
}
