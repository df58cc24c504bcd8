package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.it.PlatformRecords.StartedOn;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From webhook to links through a whole hub: what opens, what does not, and that nothing ever opens twice. */
class DeliveryIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private Rig rig;
    private HubProcess hub;

    @BeforeEach
    void start() {
        rig = Rig.start("DeliveryIT");
        hub = rig.hub().start().awaitReady();
        rig.redeliverAfter(Duration.ofSeconds(2));
        rig.webhooksTo(hub);
    }

    @AfterEach
    void stop() {
        hub.close();
        rig.close();
    }

    @Test
    void linksEachOfTheFourTriggers() {
        fourTriggers();
        awaitFour();
        assertFour();
        assertThat(rig.incidents()).hasSize(4);
    }

    @Test
    void opensNothingForWhatIsNoTrigger() {
        for (String priority : List.of("P3", "P4", "P5", "")) {
            rig.platforms().datadogAlert(priority, "low alert " + priority);
        }
        for (String transition : List.of("Warn", "Re-Warn", "Recovered")) {
            rig.platforms()
                    .datadogAlert(
                            Map.of("priority", "P1", "title", "no trigger " + transition, "transition", transition));
        }
        rig.platforms()
                .datadogAlert(Map.of("priority", "P1", "title", "a test", "transition", "Triggered", "test", true));
        rig.platforms().datadogIncident("SEV-3", "low incident");
        rig.platforms().serviceNowIncident(2, 2, "low in ServiceNow");
        rig.platforms().pagerDutyIncident("P3", "low in PagerDuty");
        for (String body : List.of(
                "pagerduty/triggered-by-service",
                "pagerduty/unknown-event-type",
                "pagerduty/ping",
                "pagerduty/acknowledged",
                "servicenow/deleted",
                "servicenow/commented",
                "datadog/monitor-test",
                "datadog/monitor-no-priority")) {
            String source = body.substring(0, body.indexOf('/'));
            assertThat(hub.webhook(source, Webhooks.fresh(body))).as(body).isEqualTo(202);
        }
        awaitDelivered();
        assertThat(rig.incidents()).isEmpty();
        assertThat(rig.workSet()).isEmpty();
        assertThat(rig.events()).isEmpty();
        assertThat(rig.platforms().counts().path("writes").asInt()).isZero();
        assertThat(rig.read(Names.DEAD_LETTERS, Names.deadLetters(">"))).isEmpty();
    }

    @Test
    void opensNothingTwiceWhenEveryWebhookComesTwice() {
        rig.forgetDuplicates();
        rig.webhooks(Map.of("duplicates", 2));
        fourTriggers();
        List<String> titles = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            String title = "thrice " + number;
            titles.add(title);
            rig.publish(title);
            rig.publish(title);
            assertThat(hub.webhook("datadog", Rig.alert(title))).isEqualTo(202);
        }
        awaitFour();
        rig.awaitSettled(titles, SOON);
        awaitDelivered();
        assertFour();
        rig.assertLinkedOnce(titles);
    }

    @Test
    void changesNothingWhenAllWebhooksAreReplayed() {
        rig.forgetDuplicates();
        fourTriggers();
        awaitFour();
        awaitDelivered();
        rig.awaitSettled(List.of("from a monitor"), SOON);
        Map<String, JsonNode> before = rig.incidents();
        int writes = rig.platforms().counts().path("writes").asInt();

        rig.platforms().replayWebhooks(null);
        awaitDelivered();
        rig.awaitSettled(List.of("from a monitor"), SOON);
        assertThat(generations(rig.incidents())).isEqualTo(generations(before));
        assertThat(rig.platforms().counts().path("writes").asInt()).isEqualTo(writes);
        assertFour();
    }

    @Test
    void adoptsFromItsOwnWebhookThatIsFasterThanTheAnswer() {
        // ServiceNow's client has half of its second for the answer.
        rig.latency(300);
        fourTriggers();
        awaitFour();
        assertFour();
    }

    @Test
    void isNotLedAstrayByWebhooksThatComeLate() {
        rig.webhooks(Map.of("delayMs", Map.of("datadog", 2500, "servicenow", 2500, "pagerduty", 2500)));
        rig.publish("late news");
        rig.awaitSettled(List.of("late news"), SOON);
        awaitDelivered();
        rig.awaitSettled(List.of("late news"), SOON);
        rig.assertLinkedOnce(List.of("late news"));
        assertThat(rig.incidents().get("late news").path("generation").asInt()).isEqualTo(1);
    }

    @Test
    void recoversOnceAndIsNotReopenedByAnOldTrigger() {
        rig.forgetDuplicates();
        String title = "recovers";
        String triggered = Rig.alert(title);
        assertThat(hub.webhook("datadog", triggered)).isEqualTo(202);
        rig.awaitSettled(List.of(title), SOON);
        String key = PlatformRecords.of(rig.platforms()).assertLinked(title, StartedOn.ELSEWHERE);
        String recovered = Rig.alert(title, Map.of("alert_transition", "Recovered", "id", "recovery"));
        assertThat(hub.webhook("datadog", recovered)).isEqualTo(202);
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        rig.incidents().get(title).path("status").asText())
                .isEqualTo("RESOLVED"));
        rig.awaitSettled(List.of(title), SOON);
        assertThat(statuses(title)).containsExactlyInAnyOrder("Closed", "resolved", "6", "resolved");

        assertThat(hub.webhook("datadog", triggered)).isEqualTo(202);
        awaitDelivered();
        rig.awaitSettled(List.of(title), SOON);
        assertThat(statuses(title)).containsExactlyInAnyOrder("Closed", "resolved", "6", "resolved");
        assertThat(rig.incidents().get(title).path("generation").asInt()).isEqualTo(2);
        assertThat(PlatformRecords.of(rig.platforms()).count(title)).isEqualTo(4);
        assertThat(rig.events()).containsEntry(key + ".resolved.2", 1);
    }

    private void fourTriggers() {
        rig.platforms().datadogAlert("P1", "from a monitor");
        rig.platforms().datadogIncident("SEV-1", "from an incident");
        rig.platforms().serviceNowIncident(1, 2, "from ServiceNow");
        rig.platforms().pagerDutyIncident("P1", "from PagerDuty");
    }

    private void awaitFour() {
        rig.awaitSettled(List.of("from a monitor", "from an incident", "from ServiceNow", "from PagerDuty"), SOON);
    }

    private void assertFour() {
        rig.assertLinkedOnce(List.of("from a monitor"), StartedOn.ELSEWHERE);
        rig.assertLinkedOnce(List.of("from an incident"), StartedOn.DATADOG);
        rig.assertLinkedOnce(List.of("from ServiceNow"), StartedOn.SERVICENOW);
        rig.assertLinkedOnce(List.of("from PagerDuty"), StartedOn.PAGERDUTY);
    }

    /** All webhooks have arrived and all signals were handled. */
    private void awaitDelivered() {
        await().atMost(SOON).untilAsserted(() -> {
            for (JsonNode webhook : rig.platforms().webhooks()) {
                assertThat(webhook.path("state").asText()).as("%s", webhook).isEqualTo("delivered");
            }
            assertThat(rig.signalsLeft()).isZero();
        });
    }

    private List<String> statuses(String title) {
        List<String> found = new ArrayList<>();
        for (JsonNode platform : rig.platforms().records()) {
            for (JsonNode record : platform) {
                if (record.path("title").asText().endsWith(title)) {
                    found.add(record.path("status").asText());
                }
            }
        }
        return found;
    }

    private static Map<String, Long> generations(Map<String, JsonNode> incidents) {
        return incidents.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().path("generation").asLong()));
    }
}
