package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.it.FaultRig.Place;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.SandboxClient.Fault;
import io.xtribe.fusionhub.testing.Webhooks;

import static io.xtribe.fusionhub.it.FaultRig.CASE;
import static io.xtribe.fusionhub.it.FaultRig.DATADOG;
import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static io.xtribe.fusionhub.it.FaultRig.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What vendors really say, through the webhook endpoint of a real hub: the field cases F02, F08, F17, F18 and their kin. */
class VendorWordsIT {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String HTML = "<html><body>blocked by a filter</body></html>";

    private static FaultRig rig;

    @BeforeAll
    static void start() {
        rig = FaultRig.start("VendorWordsIT", settings -> settings.env("FUSION_CONVERGE_RETRY_REFUSED", "3s"))
                .warmUp();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @AfterEach
    void quiet() {
        rig.sandbox.clearFaults();
        rig.webhooksOff();
        rig.sandbox.settings(Map.of(
                "features",
                Map.of(
                        "pagerduty.priorities", true,
                        "pagerduty.strictTransitions", false,
                        "pagerduty.hubUser", true,
                        "servicenow.linkColumns", true,
                        "servicenow.journal", true,
                        "servicenow.notesOfRecord", true)));
        rig.sandbox.settings(Map.of("servicenow", Map.of("matrix", Map.of("11", "1"), "putsBack", List.of())));
    }

    private static void features(String name, Object value) {
        rig.sandbox.settings(Map.of("features", Map.of(name, value)));
    }

    private static ObjectNode alert(String title) {
        ObjectNode alert = FaultRig.monitor(title, "P1");
        assertThat(rig.hub.webhook("datadog", alert.toString())).isEqualTo(202);
        return alert;
    }

    /** A moment later: within one second nobody could tell which came first. */
    private static void recover(ObjectNode alert) {
        String later = Long.toString(System.currentTimeMillis() + 1000);
        ObjectNode recovered = FaultRig.recovered(alert).put("date", later).put("last_updated", later);
        assertThat(rig.hub.webhook("datadog", recovered.toString())).isEqualTo(202);
    }

    private static JsonNode record(String title, Place place) {
        return FaultRig.record(rig.sandbox.records(), rig.incident(title).path("platforms"), place);
    }

    private static void awaitSettled(String title) {
        await().atMost(LIMIT).until(() -> rig.row(title).path("settled").asBoolean());
    }

    /** F02: the account has no priorities, and says so in one of two ways. */
    @ParameterizedTest
    @CsvSource({"402", "404"})
    void pagesAndUpdatesWithoutPriorities(int status) {
        features("pagerduty.priorities", status);
        String title = "no priorities, " + status;
        alert(title);
        rig.awaitLinked(title, LIMIT);
        assertThat(rig.part(title, PAGE).path("rejections")).isEmpty();
        awaitSettled(title);
        assertThat(rig.part(title, PAGE).path("known").path("priority").asText(""))
                .isIn("", "null");
        assertThat(rig.timeline(title)).noneMatch(text -> text.contains("brought pagerduty incident"));
        features("pagerduty.hubUser", false);
        String second = "while the sender has left, " + status;
        alert(second);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(rig.timeline(second)).anyMatch(text -> text.contains("paused")));
        features("pagerduty.hubUser", true);
        rig.awaitLinked(second, LIMIT);
    }

    /** F08: the list is cut short, and an error stands behind it. */
    @Test
    void makesNoSecondTicketOfAListThatEndedEarly() {
        String title = "the list ended early";
        rig.sandbox
                .fault("servicenow", "create-incident")
                .containing(title)
                .drop()
                .inject();
        rig.sandbox
                .fault("servicenow", "query-incidents")
                .status(200)
                .body("{\"result\":[],\"error\":{\"message\":\"the transaction was ended\",\"detail\":null},"
                        + "\"status\":\"failure\"}")
                .always()
                .inject();
        alert(title);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rig.timeline(title))
                .filteredOn(text -> text.contains("the transaction was ended"))
                .hasSizeGreaterThan(3));
        // Longer than the attempt and its time to settle.
        await().pollDelay(Duration.ofSeconds(7)).until(() -> true);
        assertThat(rig.ours(rig.id(title), TICKET)).hasSize(1);
        rig.sandbox.clearFaults();
        rig.awaitLinked(title, LIMIT);
        assertThat(rig.ours(rig.id(title), TICKET)).hasSize(1);
    }

    /** F17: a person was faster. */
    @Test
    void takesAlreadyForDone() {
        features("pagerduty.strictTransitions", true);
        String title = "resolved by hand";
        ObjectNode alert = alert(title);
        rig.awaitLinked(title, LIMIT);
        String page = rig.part(title, PAGE).path("reference").path("id").asText();
        rig.sandbox.changePagerDutyIncident(page, Map.of("status", "resolved"));
        recover(alert);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        rig.part(title, PAGE).path("known").path("status").asText())
                .as("%s", rig.timeline(title))
                .isEqualTo("RESOLVED"));
        awaitSettled(title);
        assertThat(rig.part(title, PAGE).path("rejections")).isEmpty();
    }

    /** F18: what the instance computes is what is known, and lowers nothing elsewhere. */
    @Test
    void anotherPriorityMatrixDemotesNobody() {
        rig.sandbox.settings(Map.of("servicenow", Map.of("matrix", Map.of("11", "2"))));
        rig.webhooksOn();
        String title = "another matrix";
        alert(title);
        rig.awaitLinked(title, LIMIT);
        assertThat(rig.timeline(title))
                .filteredOn(text -> text.contains("cannot be brought to P1"))
                .hasSize(1);
        assertThat(rig.part(title, TICKET).path("known").path("priority").asText())
                .isEqualTo("P2");
        long writes = rig.sandbox.counts().path("writes").asLong();

        rig.sandbox.changeServiceNowIncident(
                rig.part(title, TICKET).path("reference").path("id").asText(), Map.of("work_notes", "I look at it"));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(rig.timeline(title))
                .anyMatch(text -> text.contains("says nothing newer") || text.contains("says what is already so")));
        assertThat(rig.incident(title).path("priority").asText()).isEqualTo("P1");
        assertThat(record(title, PAGE).path("priority").asText()).isEqualTo("P1");
        // The work note travels to the page and to the case; nothing else is written.
        await().atMost(LIMIT)
                .until(() -> rig.timeline(title).stream()
                                .filter(text -> text.contains("has the comment"))
                                .count()
                        == 2);
        awaitSettled(title);
        assertThat(rig.sandbox.counts().path("writes").asLong()).isEqualTo(writes + 2);
    }

    @Test
    void aStatusThatARulePutsBackIsWrittenOnceAndSaid() {
        rig.sandbox.settings(Map.of("servicenow", Map.of("putsBack", List.of("state"))));
        String title = "a rule puts the state back";
        ObjectNode alert = alert(title);
        rig.awaitLinked(title, LIMIT);
        int before = rig.calls("servicenow", "update-incident", call -> true).size();
        recover(alert);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rig.timeline(title))
                .anyMatch(text -> text.contains("puts its status back")));
        awaitSettled(title);
        await().during(Duration.ofSeconds(4)).atMost(LIMIT).untilAsserted(() -> assertThat(
                        rig.calls("servicenow", "update-incident", call -> true))
                .hasSize(before + 1));
        assertThat(FaultRig.isOpen(record(title, PAGE))).isFalse();
    }

    /** After 429, and after a lost answer, whatever of the notes may be read. */
    @TestFactory
    Stream<DynamicTest> hiddenNotesLoseNoLink() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Object journal : List.of(false, 403, 404)) {
            for (boolean record : List.of(true, false)) {
                tests.add(hiddenNotes(journal, record, "429", fault -> fault.status(429)));
                tests.add(hiddenNotes(journal, record, "lost", Fault::drop));
            }
        }
        return tests.stream();
    }

    private DynamicTest hiddenNotes(Object journal, boolean record, String what, UnaryOperator<Fault> before) {
        String title = "journal " + journal + ", record " + record + ", " + what;
        return DynamicTest.dynamicTest(title, () -> {
            features("servicenow.linkColumns", false);
            features("servicenow.journal", journal);
            features("servicenow.notesOfRecord", record);
            before.apply(rig.sandbox.fault("servicenow", "update-incident").containing("work_notes"))
                    .inject();
            alert(title);
            await().atMost(LIMIT).until(() -> rig.incident(title).has("linkedAt"));
            awaitSettled(title);
            String notes =
                    String.join("\n", FaultRig.strings(record(title, TICKET).path("work_notes")));
            String url = FaultRig.url(record(title, PAGE));
            long times = notes.lines().filter(line -> line.endsWith(url)).count();
            // Once if anything can be read or nothing was written; else the timeline says that it may be twice.
            boolean isTwice = !record && what.equals("lost");
            assertThat(times).as(notes).isEqualTo(isTwice ? 2 : 1);
            if (!record) {
                assertThat(rig.timeline(title)).anyMatch(text -> text.contains("may stand there twice"));
            }
        });
    }

    /** The policy gets somebody on call again: the page goes out, and nobody had to touch the incident. */
    @Test
    void pagesByItselfWhenTheCauseIsMended() {
        String title = "nobody was on call";
        rig.sandbox
                .fault("pagerduty", "create-incident")
                .status(400)
                .body("{\"error\":{\"message\":\"Escalation Policy Has Nobody On Call\",\"code\":1015}}")
                .always()
                .inject();
        alert(title);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rig.timeline(title))
                .anyMatch(text -> text.contains("is tried again, which was refused")));
        assertThat(rig.incident(title).has("pagedAt")).isFalse();
        rig.sandbox.clearFaults();
        rig.awaitLinked(title, LIMIT);
        assertThat(rig.part(title, PAGE).path("rejections")).isEmpty();
    }

    /** F01: a name of the account's own, told before the list of its priorities could be read for the first time. */
    @Test
    void opensByTheAccountsOwnNamesOnceTheyCanBeRead() {
        try (FaultRig own = FaultRig.start("VendorWordsIT-names")) {
            own.hub.close();
            own.sandbox.settings(Map.of("pagerduty", Map.of("priorityNames", List.of("Blazing", "Smoking", "Cold"))));
            own.sandbox
                    .fault("pagerduty", "list-priorities")
                    .status(503)
                    .always()
                    .inject();
            try (HubProcess hub = FaultRig.settings("VendorWordsIT-names-2", own.sandbox)
                    .nats(own.nats.url())
                    .start()) {
                hub.awaitReady();
                ObjectNode page = (ObjectNode) FaultRig.parse(Webhooks.fresh("pagerduty/triggered-p1-manual"));
                ((ObjectNode) page.at("/event/data/priority")).put("summary", "Blazing");
                assertThat(hub.webhook("pagerduty", page.toString())).isEqualTo(202);
                // Longer than what fails otherwise comes again.
                await().pollDelay(Duration.ofSeconds(9))
                        .until(() -> hub.log().contains("a list of the account is not read yet"));
                assertThat(hub.log()).doesNotContain("became a dead letter");
                assertThat(hub.incidents()).isEmpty();
                own.sandbox.clearFaults();
                await().atMost(LIMIT).until(() -> "P1"
                        .equals(hub.incidents().path(0).path("priority").asText()));
            }
        }
    }

    /** F14: a filter refuses each write that holds these words, so what holds nothing of them goes out. */
    @ParameterizedTest
    @CsvSource({"403", "406", "302"})
    void opensUnderANeutralTitleWhatIsRefusedForItsOwn(int status) {
        String title = "1' UNION SELECT password, " + status;
        for (String platform : FaultRig.PLATFORMS) {
            rig.sandbox
                    .fault(platform, "*")
                    .containing("UNION SELECT")
                    .status(status)
                    .body(HTML)
                    .always()
                    .inject();
        }
        alert(title);
        rig.awaitLinked(title, LIMIT);
        String id = rig.id(title);
        for (Place place : FaultRig.PLACES) {
            assertThat(record(title, place).path("title").asText()).startsWith("[P1] Incident " + id);
            assertThat(rig.part(title, place).path("rejections")).isEmpty();
            assertThat(rig.ours(id, place)).hasSize(1);
        }
        assertThat(rig.timeline(title))
                .filteredOn(text -> text.contains("under a neutral title, since its own title is refused as well"))
                .hasSize(FaultRig.PLACES.size())
                .allMatch(text -> text.contains("blocked by a filter"));
    }

    /** Some filters answer 200 with a page of their own: PagerDuty takes a key once, so the page goes out all the same. */
    @Test
    void pagesUnderANeutralTitleWhereAFilterAnswersSuccess() {
        String title = "1' UNION SELECT password, 200";
        rig.sandbox
                .fault("pagerduty", "create-incident")
                .containing("UNION SELECT")
                .status(200)
                .body(HTML)
                .always()
                .inject();
        alert(title);
        rig.awaitLinked(title, LIMIT);
        assertThat(record(title, PAGE).path("title").asText()).startsWith("[P1] Incident " + rig.id(title));
        assertThat(rig.ours(rig.id(title), PAGE)).hasSize(1);
        assertThat(rig.timeline(title))
                .anyMatch(text -> text.contains("under a neutral title") && text.contains("blocked by a filter"));
    }

    @Test
    void keepsTheTitleWhereOnlyTheDescriptionIsRefused() {
        String title = "a slow query";
        for (String platform : FaultRig.PLATFORMS) {
            rig.sandbox
                    .fault(platform, "*")
                    .containing("UNION SELECT")
                    .status(403)
                    .body(HTML)
                    .always()
                    .inject();
        }
        ObjectNode alert = FaultRig.monitor(title, "P1").put("body", "1' UNION SELECT password");
        assertThat(rig.hub.webhook("datadog", alert.toString())).isEqualTo(202);
        rig.awaitLinked(title, LIMIT);
        for (Place place : FaultRig.PLACES) {
            assertThat(record(title, place).path("title").asText()).isEqualTo("[P1] " + title);
        }
        assertThat(rig.timeline(title))
                .filteredOn(text -> text.contains("tried again without its description"))
                .hasSize(3);
    }

    /** Of an answer to a create, whatever it is, one record comes, and the others wait for nothing. */
    @TestFactory
    Stream<DynamicTest> whateverIsAnsweredToACreate() {
        record Answer(int status, String body, boolean done) {}
        List<Answer> answers = List.of(
                new Answer(200, "", true),
                new Answer(202, "", false),
                new Answer(201, HTML, true),
                new Answer(200, "{\"users\":[]}", false),
                new Answer(201, "{\"result\":{\"sys_id\":\"9d38", true),
                new Answer(403, HTML, false),
                new Answer(404, "{}", false),
                new Answer(409, "", false),
                new Answer(422, HTML, false),
                new Answer(500, HTML, true),
                new Answer(302, "", false));
        List<DynamicTest> tests = new ArrayList<>();
        for (Place place : List.of(DATADOG, CASE, TICKET, PAGE)) {
            for (Answer answer : answers) {
                String title = "answer of " + place.platform() + " " + place.part() + " "
                        + Integer.toHexString(answer.hashCode());
                Fault fault = rig.sandbox
                        .fault(place.platform(), place.part().equals("case") ? "create-case" : "create-incident")
                        .containing(title + "\"")
                        .status(answer.status())
                        .body(answer.body());
                (answer.done() ? fault.committed() : fault).inject();
                alert(title);
                tests.add(DynamicTest.dynamicTest(title, () -> {
                    rig.awaitLinked(title, LIMIT);
                    for (Place other : FaultRig.PLACES) {
                        assertThat(rig.ours(rig.id(title), other))
                                .as("%s", other)
                                .hasSize(1);
                    }
                }));
            }
        }
        String innocent = "innocent among them";
        alert(innocent);
        tests.add(DynamicTest.dynamicTest(innocent, () -> rig.awaitLinked(innocent, Duration.ofSeconds(15))));
        return tests.stream();
    }
}
