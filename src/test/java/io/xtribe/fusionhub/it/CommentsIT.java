package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.it.FaultRig.Place;
import io.xtribe.fusionhub.testing.SandboxClient.Fault;

import static io.xtribe.fusionhub.it.FaultRig.CASE;
import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static io.xtribe.fusionhub.it.FaultRig.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a person writes on one platform stands once on each of the others, whatever is lost, repeated or late. */
class CommentsIT {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static FaultRig rig;

    @BeforeAll
    static void start() {
        rig = FaultRig.start("CommentsIT").warmUp();
        // The shipped business rule is silent about the hub's own writes; one of an instance's own need not be.
        rig.sandbox.settings(Map.of("features", Map.of("servicenow.ruleSkipsHubUser", false)));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @AfterEach
    void quiet() {
        rig.sandbox.clearFaults();
        rig.sandbox.settings(Map.of("webhooks", Map.of("duplicates", 0)));
    }

    @Test
    void travelInOrderAndOnceWithAuthorAndOriginThoughEachWebhookComesThreeTimes() {
        // Given
        var title = opened("comments travel");
        rig.sandbox.settings(Map.of("webhooks", Map.of("duplicates", 2)));

        // When
        note(title, "first");
        note(title, "second");
        workNote(title, Map.of("work_notes", "third"));
        workNote(title, Map.of("comments", "to the customer"));

        // Then
        awaitTexts(
                title, CASE, "in PagerDuty: first", "in PagerDuty: second", "in ServiceNow: third", "to the customer");
        awaitTexts(title, TICKET, "in PagerDuty: first", "in PagerDuty: second");
        awaitTexts(title, PAGE, "in ServiceNow: third", "in ServiceNow: to the customer");
        rig.sandbox.replayWebhooks("servicenow");
        rig.sandbox.replayWebhooks("pagerduty");
        await().atMost(LIMIT).until(CommentsIT::webhooksDelivered);
        rig.awaitLinked(title, LIMIT);
        assertThat(texts(title, CASE)).hasSize(4);
        assertThat(texts(title, TICKET)).hasSize(2);
        assertThat(texts(title, PAGE)).hasSize(2);
        // The customer sees what was written there, and nothing of the hub's.
        assertThat(strings(record(title, TICKET), "comments")).containsExactly("to the customer");
    }

    /** A ticket stays In Progress, and whose page it is stays theirs: a comment says what no state there shows. */
    @Test
    void sayWhereNoStateShowsItThatAnAcknowledgementWasTakenBack() {
        var title = opened("taken back");

        rig.sandbox.changePagerDutyIncident(id(title, PAGE), Map.of("status", "acknowledged"));
        awaitShown(title, TICKET, "2");
        rig.sandbox.changePagerDutyIncident(id(title, PAGE), Map.of("status", "triggered"));
        awaitTexts(title, TICKET, "acknowledgement taken back in PagerDuty");
        awaitShown(title, CASE, "Open");
        rig.sandbox.changePagerDutyIncident(id(title, PAGE), Map.of("status", "acknowledged"));
        awaitTexts(title, TICKET, "acknowledgement taken back in PagerDuty", "acknowledged in PagerDuty");
        awaitShown(title, CASE, "In Progress");
        rig.awaitLinked(title, LIMIT);
        assertThat(texts(title, CASE)).isEmpty();
        assertThat(texts(title, PAGE)).isEmpty();
    }

    @Test
    void sayToThoseOnCallThatAnAcknowledgementWasTakenBackElsewhere() {
        var title = opened("taken back elsewhere");

        workNote(title, Map.of("state", "2"));
        awaitTexts(title, PAGE, "acknowledged in ServiceNow");
        workNote(title, Map.of("state", "1"));
        awaitTexts(title, PAGE, "acknowledged in ServiceNow", "acknowledgement taken back in ServiceNow");

        rig.awaitLinked(title, LIMIT);
        assertThat(texts(title, CASE)).isEmpty();
        assertThat(record(title, PAGE).path("status").asText()).isEqualTo("triggered");
        assertThat(record(title, TICKET).path("status").asText()).isEqualTo("1");
    }

    private static void awaitShown(String title, Place place, String status) {
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(record(title, place).path("status").asText()).isEqualTo(status));
    }

    /** Of each platform the answer to a comment is lost in each of these ways, one after the other. */
    @Test
    void standOnceWhereAnswersAreLost() {
        // Given
        var title = opened("answers are lost");
        var losses = List.<UnaryOperator<Fault>>of(
                Fault::drop, Fault::reset, fault -> fault.status(500), fault -> fault.status(502)
                        .committed());
        var expected = new ArrayList<String>();

        // When
        for (int number = 0; number < losses.size(); number++) {
            var text = "lost " + number;
            for (var call : List.of("datadog comment-case", "servicenow update-incident")) {
                losses.get(number)
                        .apply(rig.sandbox
                                .fault(call.split(" ")[0], call.split(" ")[1])
                                .containing(text))
                        .inject();
            }
            note(title, text);
            expected.add("in PagerDuty: " + text);
        }

        // Then
        awaitTexts(title, CASE, expected.toArray(String[]::new));
        awaitTexts(title, TICKET, expected.toArray(String[]::new));
        rig.awaitLinked(title, LIMIT);
    }

    @Test
    void areWrittenWhenARecordComesLate() {
        // Given
        var title = "a late ticket";
        rig.sandbox.fault("servicenow", "create-incident").status(503).always().inject();
        rig.webhooksOn();
        rig.trigger(title);
        await().atMost(LIMIT).until(() -> !rig.part(title, PAGE)
                .path("reference")
                .path("id")
                .asText("")
                .isEmpty());

        // When
        note(title, "before the ticket");
        awaitTexts(title, CASE, "in PagerDuty: before the ticket");
        rig.sandbox.clearFaults();

        // Then
        rig.awaitLinked(title, LIMIT);
        awaitTexts(title, TICKET, "in PagerDuty: before the ticket");
    }

    @Test
    void surviveAHubThatIsKilled() {
        // Given
        var title = opened("killed while it writes");
        rig.sandbox
                .fault("servicenow", "update-incident")
                .containing("hangs")
                .late(Duration.ofMillis(1))
                .inject();

        // When
        note(title, "hangs");
        await().atMost(LIMIT).until(() -> !texts(title, TICKET).isEmpty());
        rig.hub.kill();
        rig.hub.start();
        rig.hub.awaitReady();

        // Then
        awaitTexts(title, CASE, "in PagerDuty: hangs");
        awaitTexts(title, TICKET, "in PagerDuty: hangs");
        rig.awaitLinked(title, LIMIT);
        assertThat(texts(title, TICKET)).hasSize(1);
    }

    /** By default a ticket's description, with customers' data in it, stays in ServiceNow; its title and what people write do not. */
    @Test
    void leaveTheDescriptionOfATicketWhereItIs() {
        // Given
        rig.webhooksOn();
        var title = "a ticket with a secret";
        var ticket = rig.sandbox.serviceNowIncident(1, 1, title).path("id").asText();
        rig.sandbox.changeServiceNowIncident(ticket, Map.of("description", "card 4111", "work_notes", "on it"));
        rig.awaitLinked(title, LIMIT);

        // When
        var other = "another ticket with a secret";
        rig.sandbox.serviceNowIncident(Map.of(
                "impact",
                "1",
                "urgency",
                "1",
                "short_description",
                other,
                "description",
                "card 4112",
                "work_notes",
                "at birth"));
        rig.awaitLinked(other, LIMIT);

        // Then
        awaitTexts(title, PAGE, "in ServiceNow: on it");
        awaitTexts(other, PAGE, "in ServiceNow: at birth");
        awaitTexts(other, CASE, "in ServiceNow: at birth");
        for (var place : List.of(CASE, PAGE)) {
            assertThat(record(other, place).path("title").asText()).endsWith(other);
            assertThat(record(other, place).path("description").asText()).doesNotContain("card 4112");
        }
        assertThat(rig.sandbox.records().path("datadog").toString()).doesNotContain("card 411");
    }

    private static String opened(String title) {
        rig.webhooksOn();
        rig.trigger(title);
        rig.awaitLinked(title, LIMIT);
        return title;
    }

    private static void note(String title, String text) {
        rig.sandbox.changePagerDutyIncident(id(title, PAGE), Map.of("note", text));
    }

    private static void workNote(String title, Map<String, String> journal) {
        rig.sandbox.changeServiceNowIncident(id(title, TICKET), journal);
    }

    private static String id(String title, Place place) {
        return rig.part(title, place).path("reference").path("id").asText();
    }

    /** What the hub wrote there of other platforms' comments, in its order. */
    private static List<String> texts(String title, Place place) {
        var mark = "[fusion:" + rig.id(title) + "/";
        return strings(record(title, place), place == PAGE ? "notes" : place == CASE ? "comments" : "work_notes")
                .stream()
                .filter(text -> text.startsWith(mark))
                .toList();
    }

    private static JsonNode record(String title, Place place) {
        return FaultRig.record(rig.sandbox.records(), rig.incident(title).path("platforms"), place);
    }

    private static List<String> strings(JsonNode record, String member) {
        var texts = new ArrayList<String>();
        record.path(member).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Exactly these, in any order of platforms but in the order of each. */
    private static void awaitTexts(String title, Place place, String... ends) {
        await().atMost(LIMIT).untilAsserted(() -> {
            var texts = texts(title, place);
            assertThat(texts).as("%s of %s", place, title).hasSize(ends.length);
            for (var end : ends) {
                assertThat(texts)
                        .as("%s of %s", place, title)
                        .filteredOn(text -> text.endsWith(end))
                        .hasSize(1);
            }
            assertThat(texts.stream()
                            .filter(text -> text.contains("in PagerDuty:"))
                            .map(CommentsIT::said)
                            .toList())
                    .isEqualTo(List.of(ends).stream()
                            .filter(end -> end.contains("in PagerDuty:"))
                            .map(CommentsIT::said)
                            .toList());
        });
    }

    private static String said(String text) {
        return text.substring(text.indexOf("in PagerDuty:"));
    }

    private static boolean webhooksDelivered() {
        var open = new ArrayList<JsonNode>();
        rig.sandbox.webhooks().forEach(webhook -> {
            if (List.of("waiting", "sending", "retrying")
                    .contains(webhook.path("state").asText())) {
                open.add(webhook);
            }
        });
        return open.isEmpty();
    }
}
