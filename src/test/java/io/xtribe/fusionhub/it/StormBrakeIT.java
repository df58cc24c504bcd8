package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** 500 groups of one monitor alert within a minute. */
class StormBrakeIT {

    private static final int LIMIT = 100;
    private static final int P2S = 350;
    private static final int P1S = 150;
    private static final Duration SETTLED = Duration.ofSeconds(180);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SOURCE = "datadog";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Rig rig;

    @BeforeEach
    void start() {
        rig = Rig.start("StormBrakeIT");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void publishAll(List<String> titles, String priority) {
        titles.forEach(title -> rig.publish(title, Map.of("alert_priority", priority)));
    }

    private static boolean isHeld(JsonNode incident) {
        return incident.has("held")
                && !incident.path("held").has("releasedAt")
                && !incident.path("status").asText().equals("RESOLVED");
    }

    private long count(List<String> titles, boolean held) {
        Map<String, JsonNode> incidents = rig.incidents();
        return titles.stream()
                .map(incidents::get)
                .filter(incident -> incident != null && isHeld(incident) == held)
                .count();
    }

    private Optional<JsonNode> page() {
        return rig.incidentsById().values().stream()
                .filter(one -> one.at("/origin/platform").asText().equals("fusion-hub"))
                .findFirst();
    }

    private long pages() {
        long pages = 0;
        for (JsonNode record : rig.platforms().records().path("pagerduty")) {
            pages += record.path("kind").asText().equals("incident") ? 1 : 0;
        }
        return pages;
    }

    private static JsonNode done(HubProcess hub, String verb, Map<String, ?> selection) throws Exception {
        var answer = hub.post("/api/triggers/held/" + verb, selection);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body());
    }

    /** Nothing is lost and nothing doubled, though the hub is killed in the middle. */
    @Test
    void opensTheLimitAndHoldsTheRestUntilSomebodySaysWhatBecomesOfIt() throws Exception {
        List<String> p2s = Rig.titles("group", P2S);
        List<String> p1s = Rig.titles("urgent group", P1S);
        try (HubProcess hub = rig.hub()
                .env("FUSION_TRIGGERS_PER_MINUTE", Integer.toString(LIMIT))
                .env("FUSION_PUBLIC_URL", "https://fusion.example")
                .start()) {
            hub.awaitReady();
            rig.redeliverAfter(Duration.ofSeconds(3));

            // When
            publishAll(p2s, "P2");
            await().pollInterval(Duration.ofMillis(20)).atMost(SOON).until(() -> count(p2s, true) >= 20);
            hub.kill();
            publishAll(p1s, "P1");
            hub.start().awaitReady();

            // Then: a few may have been let through without having been stored
            await().atMost(SETTLED).until(() -> rig.signalsLeft() == 0);
            assertThat(rig.incidents().keySet()).containsAll(p2s).containsAll(p1s);
            assertThat(count(p2s, false)).as("P2s that are opened").isEqualTo(LIMIT);
            assertThat(count(p1s, false)).as("P1s that are opened").isEqualTo(LIMIT);
            await().atMost(SETTLED).untilAsserted(() -> {
                assertThat(rig.workSet()).isEmpty();
                assertThat(page().map(page -> page.path("linkedAt").asText("")))
                        .hasValueSatisfying(linked -> assertThat(linked).isNotEmpty());
            });
            assertThat(pages()).as("pages, with the one of the hub's own").isEqualTo(2 * LIMIT + 1);
            assertThat(rig.incidentsById()).hasSize(P2S + P1S + 1);
            assertThat(page().orElseThrow().path("title").asText())
                    .matches("Storm brake: \\d+ new incidents? of datadog (is|are) held");
            assertThat(page().orElseThrow().path("description").asText())
                    .contains("more than " + LIMIT + " began within a minute", "https://fusion.example/?trouble=held");

            JsonNode held = hub.held();
            assertThat(held.path("held").asInt()).isEqualTo(P2S + P1S - 2 * LIMIT);
            assertThat(held.at("/sources/0/source").asText()).isEqualTo(SOURCE);
            assertThat(held.at("/sources/0/priorities/P1").asInt()).isEqualTo(P1S - LIMIT);
            assertThat(held.at("/sources/0/priorities/P2").asInt()).isEqualTo(P2S - LIMIT);
            assertThat(held.at("/incidents/0/priority").asText()).isEqualTo("P1");
            assertThat(held.path("next").asInt()).isEqualTo(200);
            assertThat(hub.metric("fusion_triggers_held", "source=datadog")).hasValue(P2S + P1S - 2 * LIMIT);
            assertThat(hub.metric("fusion_unpaged_incidents")).hasValue(0);
            assertThat(hub.health().toString()).contains("300 new incidents are held");

            // When
            assertThat(hub.post("/api/triggers/held/release", Map.of("reason", "all?"))
                            .statusCode())
                    .isEqualTo(400);
            Map<String, String> urgent = Map.of("source", SOURCE, "priority", "P1", "reason", "look at these");
            assertThat(done(hub, "release", urgent).path("released").asInt()).isEqualTo(P1S - LIMIT);
            assertThat(done(hub, "release", urgent).path("released").asInt()).isZero();

            // Then
            rig.awaitSettled(p1s, SETTLED);
            rig.assertLinkedOnce(p1s);
            assertThat(pages()).isEqualTo(LIMIT + P1S + 1);
            assertThat(rig.story(lastHeld(p1s))).contains("release by tester (look at these): released");

            // When
            Map<String, String> rest = Map.of("source", SOURCE, "reason", "one cause");
            assertThat(done(hub, "discard", rest).path("discarded").asInt()).isEqualTo(P2S - LIMIT);
            assertThat(done(hub, "discard", rest).path("discarded").asInt()).isZero();

            // Then
            await().atMost(SETTLED).untilAsserted(() -> {
                assertThat(page().orElseThrow().path("status").asText()).isEqualTo("RESOLVED");
                assertThat(rig.workSet()).isEmpty();
            });
            assertThat(hub.held().path("held").asInt()).isZero();
            assertThat(pages()).isEqualTo(LIMIT + P1S + 1);
            assertThat(rig.incidentsById()).hasSize(P2S + P1S + 1);
        }
    }

    /** 500 groups are one incident: each is told on every platform, and it is over with the last. */
    @Test
    void foldsTheGroupsOfAMonitorIntoOneIncident() {
        List<String> groups = Rig.titles("group", 500);
        Map<String, String> told = Map.of("alert_title", "disk is full", "alert_priority", "P2");
        Map<String, String> over =
                Map.of("alert_title", "disk is full", "alert_priority", "P2", "alert_transition", "Recovered");
        try (HubProcess hub = rig.hub()
                .env("FUSION_TRIGGERS_PER_MINUTE", "10")
                .env("FUSION_DATADOG_GROUP_BY", "monitor")
                .start()) {
            hub.awaitReady();

            // When
            groups.forEach(group -> rig.publish(group, told));

            // Then
            rig.awaitSettled(List.of("disk is full"), SETTLED);
            JsonNode incident = rig.incidents().get("disk is full");
            assertThat(rig.incidentsById()).hasSize(1);
            assertThat(incident.path("members")).hasSize(groups.size());
            assertThat(incident.has("held")).isFalse();
            assertThat(pages()).isEqualTo(1);
            assertThat(incident.path("comments").size()).isLessThan(100);
            for (String platform : List.of("datadog", "servicenow", "pagerduty")) {
                String records = rig.platforms().records().path(platform).toString();
                assertThat(groups.stream().filter(group -> records.contains(scope(group))))
                        .as("groups that are told on " + platform)
                        .hasSizeGreaterThanOrEqualTo(groups.size() - 1);
            }
            System.out.println("499 further groups are told in "
                    + incident.path("comments").size() + " comments on each platform");

            // When
            groups.subList(1, groups.size()).forEach(group -> rig.publish(group, over));

            // Then
            await().atMost(SETTLED).until(() -> rig.signalsLeft() == 0);
            assertThat(rig.incidents().get("disk is full").path("members")).hasSize(1);
            assertThat(rig.incidents().get("disk is full").path("status").asText())
                    .isEqualTo("OPEN");

            // When
            rig.publish(groups.get(0), over);

            // Then
            await().atMost(SETTLED).untilAsserted(() -> {
                assertThat(rig.incidents().get("disk is full").path("status").asText())
                        .isEqualTo("RESOLVED");
                assertThat(rig.workSet()).isEmpty();
            });
            assertThat(rig.incidentsById()).hasSize(1);
            assertThat(pages()).isEqualTo(1);
        }
    }

    private static String scope(String group) {
        try {
            return JSON.readTree(Rig.alert(group)).path("alert_scope").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that was held once, and is released. */
    private String lastHeld(List<String> titles) {
        Map<String, JsonNode> incidents = rig.incidents();
        return titles.stream()
                .filter(title -> incidents.get(title).has("held"))
                .findFirst()
                .orElseThrow();
    }
}
