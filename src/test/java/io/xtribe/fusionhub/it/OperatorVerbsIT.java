package io.xtribe.fusionhub.it;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.xtribe.fusionhub.it.FaultRig.CASE;
import static io.xtribe.fusionhub.it.FaultRig.DATADOG;
import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static io.xtribe.fusionhub.it.FaultRig.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What an operator mends by hand, over REST and without touching the store. */
class OperatorVerbsIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Map<String, String> WHERE = Map.of("platform", "servicenow", "part", "incident");

    private static FaultRig rig;

    @BeforeAll
    static void start() {
        rig = FaultRig.start("OperatorVerbsIT");
        rig.webhooksOn();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static String linked(String title) {
        rig.awaitLinked(rig.trigger(title), LIMIT);
        return rig.id(title);
    }

    private static JsonNode accepted(String id, String verb, Map<String, ?> body) {
        HttpResponse<String> answer = rig.hub.ask(id, verb, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return FaultRig.parse(answer.body());
    }

    private static void refused(String id, String verb, Map<String, ?> body, int status, String why) {
        HttpResponse<String> answer = rig.hub.ask(id, verb, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(why);
    }

    private static JsonNode shown(String title, FaultRig.Place place) {
        return FaultRig.record(rig.sandbox.records(), rig.incident(title).path("platforms"), place);
    }

    private static List<String> attached(String title) {
        return FaultRig.stream(shown(title, DATADOG).path("attachments"))
                .map(attachment -> attachment.path("url").asText())
                .toList();
    }

    /** A ticket of a person's, below what opens. */
    private static JsonNode ticket(String title) {
        JsonNode made = rig.sandbox.serviceNowIncident(3, 3, title);
        assertThat(made.path("id").asText()).isNotEmpty();
        return made;
    }

    private static void awaitEverywhere(String title, JsonNode ticket) {
        String url = ticket.path("url").asText();
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(shown(title, PAGE)
                            .at("/custom_fields/servicenow_incident_url")
                            .asText())
                    .isEqualTo(url);
            assertThat(attached(title)).containsExactlyInAnyOrder(url, FaultRig.url(shown(title, PAGE)));
            assertThat(shown(title, CASE).path("comments").toString()).contains(url);
            JsonNode columns = shown(title, TICKET).path("columns");
            assertThat(columns.path("u_datadog_incident_url").asText()).isEqualTo(FaultRig.url(shown(title, DATADOG)));
            assertThat(columns.path("u_pagerduty_incident_url").asText()).isEqualTo(FaultRig.url(shown(title, PAGE)));
            assertThat(rig.row(title).path("settled").asBoolean()).isTrue();
        });
    }

    /** Two rules, or two people, who undo each other's change: the hub does not write for ever, and says so everywhere. */
    @Test
    void whatGoesBackAndForthIsFrozenAndReleased() {
        // Given
        String title = "two rules disagree";
        String id = linked(title);
        refused(id, "unfreeze", Map.of(), 409, "nothing of it is frozen");
        String page = shown(title, PAGE).path("id").asText();

        // When
        for (int turn = 1; turn <= 5; turn++) {
            String priority = turn % 2 == 1 ? "P2" : "P1";
            rig.sandbox.changePagerDutyIncident(page, Map.of("priority", priority));
            await().atMost(LIMIT)
                    .until(() -> rig.incident(title).path("priority").asText().equals(priority));
        }

        // Then
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(rig.incident(title).path("frozen").has("priority")).isTrue();
            assertThat(shown(title, CASE).path("comments").toString()).contains("went back and forth 4 times");
            assertThat(rig.row(title).path("settled").asBoolean()).isTrue();
        });
        rig.sandbox.changePagerDutyIncident(page, Map.of("priority", "P3"));
        await().atMost(LIMIT)
                .until(() -> rig.incident(title).path("priority").asText().equals("P3"));
        assertThat(shown(title, TICKET).path("priority").asText()).isIn("1", "2");

        // When
        accepted(id, "unfreeze", Map.of("reason", "the rule is switched off"));

        // Then
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(shown(title, TICKET).path("priority").asText()).isEqualTo("3");
            assertThat(shown(title, CASE).path("priority").asText()).isEqualTo("P3");
        });
        assertThat(rig.timeline(title))
                .anyMatch(text -> text.equals("unfreeze by tester (the rule is switched off): released: priority"));
        assertThat(FaultRig.stream(rig.hub.incident(id).path("timeline")))
                .anyMatch(entry -> entry.path("text").asText().startsWith("unfreeze")
                        && entry.path("by").asText().equals("tester"))
                .anyMatch(entry -> entry.path("text").asText().contains("pagerduty changed it to")
                        && entry.path("by").asText().equals("Jane Doe"));
    }

    @Test
    void mendsAWrongLink() {
        // Given
        String title = "a ticket that belongs to something else";
        String id = linked(title);
        JsonNode hubs = shown(title, TICKET);
        JsonNode wrong = ticket("the printer is out of paper");
        JsonNode right = ticket("checkout is slow, says a customer");

        // When
        accepted(
                id,
                "attach",
                Map.of("platform", "servicenow", "url", wrong.path("url").asText(), "reason", "INC"));
        awaitEverywhere(title, wrong);
        JsonNode state = accepted(
                id,
                "attach",
                Map.of("platform", "servicenow", "id", right.path("id").asText()));

        // Then
        assertThat(state.at("/platforms/servicenow/incident/reference/id")).isEqualTo(right.path("id"));
        awaitEverywhere(title, right);
        assertThat(rig.incident(title)
                        .at("/platforms/servicenow/incident/former")
                        .findValuesAsText("id"))
                .containsExactly(hubs.path("id").asText(), wrong.path("id").asText());
        assertThat(rig.timeline(title))
                .anyMatch(text -> text.startsWith("attach by tester (INC): attached servicenow incident "
                        + wrong.path("number").asText()))
                .anyMatch(text -> text.startsWith("attach by tester: detached servicenow incident "
                        + wrong.path("number").asText()));

        // What a person does to the wrong one from then on is of no concern; what is done to the right one is.
        rig.sandbox.changeServiceNowIncident(wrong.path("id").asText(), Map.of("state", "2"));
        rig.sandbox.changeServiceNowIncident(
                right.path("id").asText(),
                Map.of("state", "6", "close_code", "Solution provided", "close_notes", "done"));
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(shown(title, PAGE).path("status").asText()).isEqualTo("resolved"));
    }

    @Test
    void refusesWhatMakesNoSense() {
        String title = "an incident with one ticket";
        String id = linked(title);
        String other = linked("another one with a ticket of its own");
        String theirs = rig.incident("another one with a ticket of its own")
                .at("/platforms/servicenow/incident/reference/id")
                .asText();

        refused(id, "attach", Map.of("platform", "servicenow", "id", theirs), 409, "belongs to incident " + other);
        refused(id, "attach", Map.of("platform", "jira", "id", "1"), 400, "takes no part");
        refused(
                id,
                "attach",
                Map.of("platform", "datadog", "part", "ticket", "id", "1"),
                400,
                "known are incident, case");
        refused(id, "attach", Map.of("platform", "servicenow", "url", "https://x.example/"), 400, "does not tell");
        refused(id, "attach", Map.of("platform", "servicenow", "id", "0".repeat(32)), 409, "No Record found");
        refused(id, "attach", Map.of("platfrom", "servicenow"), 400, "unknown member");
        refused(id, "retry", Map.of(), 409, "nothing of it is rejected");
        refused(id, "open", WHERE, 409, "detach it first");
        refused("fx-" + "0".repeat(32), "close", Map.of(), 404, "no such incident");
        accepted(id, "converge", Map.of());
    }

    /** The one before still carries our key: the new one has the next. */
    @Test
    void opensAnotherRecordForOneThatWasDetached() {
        String title = "a ticket that was thrown away";
        String id = linked(title);
        String before = shown(title, TICKET).path("id").asText();

        accepted(id, "detach", WHERE);
        await().atMost(LIMIT).until(() -> rig.row(title).path("settled").asBoolean());
        assertThat(rig.incident(title).at("/platforms/servicenow/incident").has("reference"))
                .isFalse();
        accepted(id, "open", WHERE);
        await().atMost(LIMIT)
                .until(() ->
                        rig.incident(title).at("/platforms/servicenow/incident").has("reference"));

        JsonNode after = shown(title, TICKET);
        assertThat(after.path("id").asText()).isNotEqualTo(before);
        assertThat(after.path("key").asText()).isEqualTo(id + ".2");
        awaitEverywhere(title, after);
    }

    @Test
    void triesAgainWhatWasRejectedAndClosesEverywhere() {
        String title = "a ticket that is refused under any title";
        rig.sandbox.fault("servicenow", "create-incident").status(403).always().inject();
        rig.trigger(title);
        String id = rig.id(title);
        await().atMost(LIMIT).until(() -> rig.incident(title)
                .at("/platforms/servicenow/incident/rejections")
                .has("open"));
        rig.sandbox.clearFaults();

        accepted(id, "retry", Map.of("reason", "the rule is switched off"));
        rig.awaitLinked(title, LIMIT);
        accepted(id, "close", Map.of());
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(shown(title, PAGE).path("status").asText()).isEqualTo("resolved");
            assertThat(shown(title, TICKET).path("status").asText()).isEqualTo("6");
            assertThat(shown(title, DATADOG).path("status").asText()).isEqualTo("resolved");
        });
        refused(id, "close", Map.of(), 409, "resolved already");
        assertThat(rig.timeline(title)).anyMatch(text -> text.startsWith("close by tester: resolved everywhere"));
    }
}
