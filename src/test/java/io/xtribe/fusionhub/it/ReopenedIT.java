package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.xtribe.fusionhub.it.FaultRig.DATADOG;
import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static io.xtribe.fusionhub.it.FaultRig.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is over and goes on: by a person, by an alert that begins again, in another record, in the incident that survives a merge. */
class ReopenedIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Map<String, String> DONE = Map.of("close_code", "Solution provided", "close_notes", "done");

    private static FaultRig rig;

    @BeforeAll
    static void start() {
        rig = FaultRig.start(
                "ReopenedIT",
                // What a person does here right after another is no conflict.
                settings -> settings.env("FUSION_CONFLICT_WINDOW", "10ms"));
        rig.webhooksOn();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static JsonNode shown(String title, FaultRig.Place place) {
        return FaultRig.record(rig.sandbox.records(), rig.incident(title).path("platforms"), place);
    }

    private static void awaitShown(String title, FaultRig.Place place, String status) {
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(shown(title, place).path("status").asText()).isEqualTo(status));
    }

    private static void awaitOver(String title) {
        awaitShown(title, PAGE, "resolved");
        awaitShown(title, DATADOG, "resolved");
        await().atMost(LIMIT).until(() -> rig.row(title).path("settled").asBoolean());
    }

    private static String pageId(String title) {
        return shown(title, PAGE).path("id").asText();
    }

    private static void alert(String title, JsonNode first, String transition) {
        rig.sandbox.datadogAlert(Map.of(
                "monitor",
                first.path("monitor").asLong(),
                "scope",
                first.path("scope").asText(),
                "title",
                title,
                "priority",
                "P1",
                "transition",
                transition));
    }

    @Test
    void aPersonReopensAPageWhoseTicketIsClosedForGood() {
        // Given
        String title = "closed for good";
        rig.awaitLinked(rig.trigger(title), LIMIT);
        JsonNode before = shown(title, TICKET);
        String sysId = before.path("id").asText();
        rig.sandbox.changeServiceNowIncident(sysId, with(DONE, "state", "6"));
        awaitOver(title);
        rig.sandbox.changeServiceNowIncident(sysId, Map.of("state", "7"));
        await().atMost(LIMIT).until(() -> rig.incident(title)
                .at("/platforms/servicenow/incident/closed")
                .asBoolean());

        // When
        rig.sandbox.changePagerDutyIncident(pageId(title), Map.of("status", "triggered"));

        // Then
        String id = rig.id(title);
        await().atMost(LIMIT).untilAsserted(() -> {
            JsonNode after = shown(title, TICKET);
            assertThat(after.path("key").asText()).isEqualTo(id + ".2");
            assertThat(after.path("description").asText())
                    .contains(before.path("number").asText())
                    .contains(before.path("url").asText());
            assertThat(shown(title, PAGE)
                            .at("/custom_fields/servicenow_incident_url")
                            .asText())
                    .isEqualTo(after.path("url").asText());
            assertThat(shown(title, DATADOG).path("attachments").toString())
                    .contains(after.path("url").asText())
                    .doesNotContain(before.path("url").asText());
            assertThat(workNotes(sysId))
                    .anyMatch(note -> note.contains(after.path("url").asText()));
            assertThat(shown(title, DATADOG).path("status").asText()).isEqualTo("active");
            assertThat(shown(title, PAGE).path("status").asText()).isEqualTo("triggered");
        });

        // What is still told of the one before changes nothing.
        rig.sandbox.changeServiceNowIncident(sysId, Map.of("impact", "3", "urgency", "3"));
        await().atMost(LIMIT)
                .until(() -> rig.timeline(title).stream().anyMatch(text -> text.contains("which was closed")));
        await().atMost(LIMIT).until(() -> rig.row(title).path("settled").asBoolean());
        assertThat(rig.incident(title).path("priority").asText()).isEqualTo("P1");
        assertThat(rig.incident(title).path("status").asText()).isEqualTo("OPEN");
    }

    private static List<String> workNotes(String sysId) {
        return FaultRig.stream(rig.sandbox.records().path("servicenow"))
                .filter(record -> record.path("id").asText().equals(sysId))
                .flatMap(record -> FaultRig.stream(record.path("work_notes")))
                .map(JsonNode::asText)
                .toList();
    }

    private static Map<String, String> with(Map<String, String> some, String name, String value) {
        var all = new HashMap<>(some);
        all.put(name, value);
        return all;
    }

    /** Nobody told the hub: the refusal of its own reopening does. */
    @Test
    void goesOnInAnotherTicketWhenTheHubsOwnReopeningIsRefused() {
        String title = "closed unheard";
        rig.awaitLinked(rig.trigger(title), LIMIT);
        String sysId = shown(title, TICKET).path("id").asText();
        rig.sandbox.changeServiceNowIncident(sysId, with(DONE, "state", "6"));
        awaitOver(title);
        rig.webhooksOff();
        rig.sandbox.changeServiceNowIncident(sysId, Map.of("state", "7"));
        rig.webhooksOn();

        rig.sandbox.changePagerDutyIncident(pageId(title), Map.of("status", "triggered"));

        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(shown(title, TICKET).path("key").asText()).isEqualTo(rig.id(title) + ".2"));
    }

    @Test
    void reopensTheTicketThatIsOnlyResolved() {
        String title = "resolved and opened again";
        rig.awaitLinked(rig.trigger(title), LIMIT);
        JsonNode before = shown(title, TICKET);
        rig.sandbox.changePagerDutyIncident(pageId(title), Map.of("status", "resolved"));
        awaitOver(title);
        awaitShown(title, TICKET, "6");

        rig.sandbox.changePagerDutyIncident(pageId(title), Map.of("status", "triggered"));

        awaitShown(title, TICKET, "2");
        awaitShown(title, DATADOG, "active");
        assertThat(shown(title, TICKET).path("id")).isEqualTo(before.path("id"));
    }

    @Test
    void followsTheIncidentThatSurvivesAMerge() {
        // Given
        String title = "merged away";
        rig.awaitLinked(rig.trigger(title), LIMIT);
        JsonNode survivor = rig.sandbox.pagerDutyIncident("P4", "a page that nobody linked");

        // When
        rig.sandbox.changePagerDutyIncident(
                pageId(title), Map.of("mergedInto", survivor.path("id").asText()));

        // Then
        await().atMost(LIMIT).untilAsserted(() -> {
            JsonNode page = shown(title, PAGE);
            assertThat(page.path("id")).isEqualTo(survivor.path("id"));
            assertThat(page.path("status").asText()).isEqualTo("triggered");
            assertThat(page.path("priority").asText()).isEqualTo("P1");
            assertThat(page.at("/custom_fields/servicenow_incident_url").asText())
                    .isEqualTo(shown(title, TICKET).path("url").asText());
            assertThat(shown(title, TICKET)
                            .at("/columns/u_pagerduty_incident_url")
                            .asText())
                    .isEqualTo(page.path("url").asText());
        });
        assertThat(rig.incident(title).path("status").asText()).isEqualTo("OPEN");
        rig.sandbox.changePagerDutyIncident(survivor.path("id").asText(), Map.of("status", "resolved"));
        awaitShown(title, TICKET, "6");
    }

    /** Two incidents of ours: the one that is merged away is over, the other one stays as it is. */
    @Test
    void saysSoWhereTheSurvivorIsAnothers() {
        String title = "merged into another's page";
        String other = "the page that survives";
        rig.awaitLinked(rig.trigger(title), LIMIT);
        rig.awaitLinked(rig.trigger(other), LIMIT);

        rig.sandbox.changePagerDutyIncident(pageId(title), Map.of("mergedInto", pageId(other)));

        awaitOver(title);
        assertThat(rig.timeline(title)).anyMatch(text -> text.contains("belongs to incident " + rig.id(other)));
        assertThat(rig.incident(other).path("status").asText()).isEqualTo("OPEN");
    }

    @Test
    void anAlertThatBeginsAgainOpensItsIncidentAgain() {
        // Given
        String title = "alerts again";
        JsonNode first = rig.sandbox.datadogAlert("P1", title);
        rig.awaitLinked(title, LIMIT);
        String page = pageId(title);
        alert(title, first, "Recovered");
        awaitOver(title);

        // When
        alert(title, first, "Triggered");

        // Then
        awaitShown(title, PAGE, "triggered");
        awaitShown(title, TICKET, "2");
        assertThat(pageId(title)).isEqualTo(page);
        assertThat(rig.timeline(title)).anyMatch(text -> text.contains("within the reopen window"));
        alert(title, first, "Recovered");
        awaitOver(title);
        assertThat(rig.creates(PAGE, title)).as("pages").hasSize(1);
    }
}
