package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.xtribe.fusionhub.it.FaultRig.Place;
import io.xtribe.fusionhub.testing.SandboxClient.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Platforms tell us of our own creates by webhook: before their answer, instead of it, and more than once. */
class OwnWebhookIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Datadog sends no webhooks of cases. */
    private static final List<Place> TELLING = FaultRig.PLACES.stream()
            .filter(place -> !place.part().equals("case"))
            .toList();

    private static FaultRig rig;

    @BeforeAll
    static void start() {
        rig = FaultRig.start("OwnWebhookIT", settings -> settings.env("FUSION_CONVERGE_LEASE", "12s")
                        .env("FUSION_DATADOG_TIMEOUT", "5s")
                        .env("FUSION_SERVICENOW_TIMEOUT", "5s")
                        .env("FUSION_PAGERDUTY_TIMEOUT", "5s"))
                .warmUp();
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
        latency(0);
        rig.sandbox.settings(Map.of("webhooks", Map.of("duplicates", 0)));
    }

    /** All answers take 1.5 s, the webhooks none. */
    @Test
    void beforeTheAnswer() {
        rig.webhooksOn();
        latency(1500);
        String title = "webhooks before the answers";
        rig.trigger(title);
        rig.awaitLinked(title, LIMIT);
        assertOneCreateEach(title);
        await().atMost(LIMIT).until(this::webhooksDelivered);
        assertThat(rig.timeline(title))
                .filteredOn(text -> text.contains("from its own webhook"))
                .hasSize(TELLING.size());
        rig.assertLinked(title);
        assertNoOtherIncident(title);
        assertThat(rig.metric("fusion_duplicates_total")).isZero();
    }

    /** Each webhook comes three times. */
    @Test
    void severalTimes() {
        rig.webhooksOn();
        rig.sandbox.settings(Map.of("webhooks", Map.of("duplicates", 2)));
        String title = "webhooks three times";
        rig.trigger(title);
        rig.awaitLinked(title, LIMIT);
        await().atMost(LIMIT).until(this::webhooksDelivered);
        rig.awaitLinked(title, LIMIT);
        assertOneCreateEach(title);
        assertNoOtherIncident(title);
        assertThat(rig.metric("fusion_duplicates_total")).isZero();
    }

    /** The answer never comes: the webhook is the answer, and no find is needed. */
    @TestFactory
    Stream<DynamicTest> insteadOfTheAnswer() {
        rig.webhooksOn();
        List<DynamicTest> tests = new ArrayList<>();
        for (Place place : TELLING) {
            tests.add(insteadOfTheAnswer(place, "dropped", Fault::drop));
            tests.add(insteadOfTheAnswer(place, "hanging", fault -> fault.late(Duration.ofMillis(1))));
            tests.add(
                    insteadOfTheAnswer(place, "504", fault -> fault.status(504).committed()));
        }
        return tests.stream();
    }

    private static DynamicTest insteadOfTheAnswer(Place place, String how, UnaryOperator<Fault> loss) {
        String title = "answer " + how + ", " + place.platform() + " " + place.part();
        loss.apply(rig.sandbox.fault(place.platform(), "create-incident").containing(title + "\""))
                .inject();
        rig.trigger(title);
        return DynamicTest.dynamicTest(title, () -> {
            rig.awaitLinked(title, LIMIT);
            assertOneCreateEach(title);
            assertNoOtherIncident(title);
            assertThat(rig.metric("fusion_duplicates_total")).isZero();
        });
    }

    /** The webhooks of all our writes, held back until everything stands, change nothing. */
    @Test
    void longAfterwards() {
        rig.webhooksOn();
        Map<String, Boolean> all = Map.of("datadog", true, "servicenow", true, "pagerduty", true);
        rig.sandbox.settings(Map.of("webhooks", Map.of("hold", all)));
        String title = "webhooks long afterwards";
        rig.trigger(title);
        rig.awaitLinked(title, LIMIT);
        long writes = rig.sandbox.counts().path("writes").asLong();
        JsonNode before = rig.incident(title);
        Map<String, Boolean> none = Map.of("datadog", false, "servicenow", false, "pagerduty", false);
        rig.sandbox.settings(Map.of("webhooks", Map.of("hold", none)));
        await().atMost(LIMIT).until(this::webhooksDelivered);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rig.timeline(title))
                .as("told by each platform")
                .filteredOn(text -> text.contains("nothing newer") || text.contains("already so"))
                .hasSizeGreaterThanOrEqualTo(TELLING.size()));
        rig.awaitLinked(title, LIMIT);
        assertThat(rig.sandbox.counts().path("writes").asLong()).isEqualTo(writes);
        assertThat(rig.incident(title).path("generation")).isEqualTo(before.path("generation"));
        assertNoOtherIncident(title);
    }

    private static void latency(int millis) {
        rig.sandbox.settings(Map.of("latencyMs", Map.of("datadog", millis, "servicenow", millis, "pagerduty", millis)));
    }

    private boolean webhooksDelivered() {
        return FaultRig.stream(rig.sandbox.webhooks()).allMatch(webhook -> List.of("delivered", "no-receiver")
                .contains(webhook.path("state").asText()));
    }

    private static void assertOneCreateEach(String title) {
        for (Place place : FaultRig.PLACES) {
            assertThat(rig.creates(place, title)).as("creates of %s", place).hasSize(1);
        }
    }

    /** Our own records carry titles like {@code [P1] title}: none of them was taken for a trigger. */
    private static void assertNoOtherIncident(String title) {
        assertThat(FaultRig.stream(rig.hub.incidents())
                        .map(row -> row.path("title").asText())
                        .filter(text -> text.endsWith(title)))
                .containsExactly(title);
    }
}
