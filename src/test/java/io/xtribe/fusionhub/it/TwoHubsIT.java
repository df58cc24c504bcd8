package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two hubs share one NATS: either endpoint will do, nothing is doubled, and one alone finishes what the other began. */
class TwoHubsIT {
    private static final Duration PLENTY = Duration.ofSeconds(90);

    private Rig rig;
    private HubProcess one;
    private HubProcess other;

    @BeforeEach
    void start() {
        rig = Rig.start("TwoHubsIT");
        rig.latency(20);
        one = hub();
        other = hub();
        one.awaitReady();
        other.awaitReady();
        rig.redeliverAfter(Duration.ofSeconds(3));
        rig.webhooksTo(one);
    }

    private HubProcess hub() {
        return rig.hub().env("FUSION_PAGERDUTY_ACKNOWLEDGE", "always").start();
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        rig.close();
    }

    @Test
    void shareTheWorkAndTheLossOfOne() {
        List<String> titles = Rig.titles("shared", 200);
        for (int i = 0; i < titles.size(); i++) {
            String alert = Rig.alert(titles.get(i));
            // Every fifth alert comes in through both endpoints.
            if (i % 2 == 0 || i % 5 == 0) {
                assertThat(one.webhook("datadog", alert)).isEqualTo(202);
            }
            if (i % 2 == 1 || i % 5 == 0) {
                assertThat(other.webhook("datadog", alert)).isEqualTo(202);
            }
        }
        rig.awaitSettled(titles, PLENTY);
        rig.assertLinkedOnce(titles);
        assertThat(openedBy(one)).as("triggers taken in by one").isPositive();
        assertThat(openedBy(other)).as("triggers taken in by the other").isPositive();
        assertThat(openedBy(one) + openedBy(other)).isEqualTo(200);
        writeCommentsThatBothHear();

        List<String> more = Rig.titles("survived", 50);
        for (String title : more) {
            assertThat(one.webhook("datadog", Rig.alert(title))).isEqualTo(202);
        }
        int sofar = rig.calls("pagerduty", "create-incident");
        await().pollInterval(Duration.ofMillis(10))
                .atMost(PLENTY)
                .until(() -> rig.calls("pagerduty", "create-incident") >= Math.min(sofar + 5, 250));
        other.kill();
        rig.awaitSettled(more, PLENTY);
        List<String> all = new ArrayList<>(titles);
        all.addAll(more);
        rig.assertLinkedOnce(all);
        assertThat(one.metric("fusion_work_repaired_total").orElse(0)).isZero();
    }

    /** Each webhook comes to both hubs, twice to each; each comment stands once on each of the others, each page is acknowledged once. */
    private void writeCommentsThatBothHear() {
        List<String> titles = Rig.titles("commented", 5);
        titles.forEach(
                title -> assertThat(one.webhook("datadog", Rig.alert(title))).isEqualTo(202));
        rig.awaitSettled(titles, PLENTY);
        rig.platforms().settings(Map.of("webhooks", Map.of("duplicates", 1)));
        for (String title : titles) {
            JsonNode platforms = rig.incidents().get(title).path("platforms");
            String page = platforms.at("/pagerduty/incident/reference/id").asText();
            String ticket = platforms.at("/servicenow/incident/reference/id").asText();
            rig.platforms().changePagerDutyIncident(page, Map.of("note", "a note on " + title));
            // Whoever takes over the ticket acknowledges the page.
            rig.platforms().changeServiceNowIncident(ticket, Map.of("work_notes", "work on " + title, "state", "2"));
        }
        rig.webhooksTo(other);
        rig.platforms().replayWebhooks("pagerduty");
        rig.platforms().replayWebhooks("servicenow");
        await().pollInterval(Duration.ofMillis(200)).atMost(PLENTY).untilAsserted(() -> assertCommentedOnce(titles));
        await().atMost(PLENTY).until(this::areWebhooksDelivered);
        rig.awaitSettled(titles, PLENTY);
        assertCommentedOnce(titles);
        assertThat(rig.calls("pagerduty", "update-incident"))
                .as("acknowledgements")
                .isEqualTo(titles.size());
        rig.platforms().settings(Map.of("webhooks", Map.of("duplicates", 0)));
        rig.webhooksTo(one);
    }

    private boolean areWebhooksDelivered() {
        for (JsonNode webhook : rig.platforms().webhooks()) {
            if (List.of("waiting", "sending", "retrying")
                    .contains(webhook.path("state").asText())) {
                return false;
            }
        }
        return true;
    }

    private void assertCommentedOnce(List<String> titles) {
        JsonNode records = rig.platforms().records();
        for (String title : titles) {
            assertThat(texts(records, "datadog", "case", title, "comments"))
                    .as("comments on the case of %s", title)
                    .satisfiesOnlyOnce(text -> assertThat(text).contains("in PagerDuty: a note on " + title))
                    .satisfiesOnlyOnce(text -> assertThat(text).contains("in ServiceNow: work on " + title));
            assertThat(texts(records, "servicenow", "incident", title, "work_notes"))
                    .satisfiesOnlyOnce(text -> assertThat(text).contains("in PagerDuty: a note on " + title))
                    .hasSize(2);
            assertThat(texts(records, "pagerduty", "incident", title, "notes"))
                    .satisfiesOnlyOnce(text -> assertThat(text).contains("in ServiceNow: work on " + title))
                    .hasSize(2);
        }
        assertThat(acknowledged(records)).containsExactlyInAnyOrderElementsOf(titles);
    }

    private static List<String> acknowledged(JsonNode records) {
        return FaultRig.stream(records.path("pagerduty"))
                .filter(record -> record.path("status").asText().equals("acknowledged"))
                .map(record -> record.path("title").asText().replaceFirst("^\\[P\\d\\] ", ""))
                .toList();
    }

    private static List<String> texts(JsonNode records, String platform, String kind, String title, String member) {
        for (JsonNode record : records.path(platform)) {
            if (record.path("kind").asText().equals(kind)
                    && record.path("title").asText().endsWith(title)) {
                return FaultRig.strings(record.path(member));
            }
        }
        return List.of();
    }

    private static int openedBy(HubProcess hub) {
        return (int) hub.metric("fusion_signals_total", "outcome=opened").orElse(0);
    }
}
