package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** ServiceNow hangs, is overloaded or limits us: nobody else waits for it, and it is caught up with afterwards. */
class HangingPlatformIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static FaultRig rig;

    @BeforeAll
    static void start() {
        rig = FaultRig.start("HangingPlatformIT").warmUp();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @AfterEach
    void quiet() {
        rig.sandbox.clearFaults();
    }

    /** With the timeouts of production: 10 s for a call. */
    @Test
    void hundredPagesGoOutWhileServiceNowHangs() {
        try (FaultRig own =
                FaultRig.start("HangingPlatformIT-storm", settings -> settings.env("FUSION_CONVERGE_LEASE", "30s")
                        .env("FUSION_SERVICENOW_TIMEOUT", "10s")
                        .env("FUSION_PAGERDUTY_TIMEOUT", "10s")
                        .env("FUSION_DATADOG_TIMEOUT", "10s"))) {
            own.warmUp();
            own.sandbox.fault("servicenow", "*").hang().always().inject();
            List<String> titles =
                    IntStream.range(0, 100).mapToObj(i -> "storm " + i).toList();
            long began = System.currentTimeMillis();
            titles.forEach(own::trigger);
            long triggered = System.currentTimeMillis();
            await().atMost(Duration.ofSeconds(9))
                    .untilAsserted(() -> assertThat(stormCalls(own, "pagerduty", "create-incident"))
                            .hasSize(100));

            List<Long> pages = at(stormCalls(own, "pagerduty", "create-incident"));
            long hung = unanswered(own);
            assertThat(hung).as("first call that hangs").isGreaterThanOrEqualTo(began);
            assertThat(pages).allSatisfy(at -> assertThat(at).isLessThan(hung + 10_000));
            assertThat(pages.get(pages.size() - 1) - triggered)
                    .as("all pages out, milliseconds after the last trigger, %d after the first", triggered - began)
                    .isLessThan(5_000);
            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(stormCalls(own, "datadog", "create-incident")).hasSize(100);
                assertThat(stormCalls(own, "datadog", "create-case")).hasSize(100);
                // Of the two links that each can show now, both stand.
                assertThat(own.sandbox.calls("datadog", "create-attachment").size())
                        .isEqualTo(2 + 100);
                assertThat(own.sandbox.calls("pagerduty", "set-custom-fields").size())
                        .isGreaterThanOrEqualTo(100);
            });

            own.sandbox.clearFaults();
            // Its creates may have been committed: they are looked for, and made again after lease and settle time.
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(own.hub.incidents())
                            .allMatch(row -> row.path("settled").asBoolean()));
            titles.forEach(own::assertLinked);
            assertThat(stormCalls(own, "servicenow", "create-incident"))
                    .extracting(call -> call.path("title").asText())
                    .doesNotHaveDuplicates()
                    .hasSize(100);
            assertThat(stormCalls(own, "pagerduty", "create-incident")).hasSize(100);
            assertThat(own.metric("fusion_duplicates_total")).isZero();
        }
    }

    /**
     * Sixteen passes at a time, each of which waits 2 s for ServiceNow: 200 incidents in need of a repetition keep them
     * busy for 25 s. New incidents are paged all the same.
     */
    @Test
    void newIncidentsGoBeforeAllCatchingUp() {
        try (FaultRig own = FaultRig.start(
                "HangingPlatformIT-backlog", settings -> settings.env("FUSION_CONVERGE_CONCURRENCY", "16"))) {
            own.warmUp();
            own.sandbox.fault("servicenow", "*").hang().always().inject();
            IntStream.range(0, 200).forEach(i -> own.trigger("storm " + i));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(stormCalls(own, "pagerduty", "create-incident"))
                            .hasSize(200));
            List<String> titles =
                    IntStream.range(0, 4).mapToObj(i -> "meanwhile " + i).toList();
            titles.forEach(title -> assertThat(own.hub.webhook(
                            "datadog", FaultRig.monitor(title, "P2").toString()))
                    .isEqualTo(202));
            for (String title : titles) {
                await().atMost(Duration.ofSeconds(8)).untilAsserted(() -> assertThat(own.creates(PAGE, title))
                        .hasSize(1));
            }
        }
    }

    /** One ServiceNow record hangs; the next incident does not notice. */
    @Test
    void otherIncidentsAreNotDelayed() {
        rig.sandbox
                .fault("servicenow", "*")
                .containing("the hanging one")
                .hang()
                .always()
                .inject();
        rig.trigger("the hanging one");
        await().atMost(LIMIT)
                .until(() -> rig.sandbox.faults().path(0).path("used").asInt() > 0);
        rig.trigger("the next one");
        rig.awaitLinked("the next one", Duration.ofSeconds(3));
        rig.sandbox.clearFaults();
        rig.awaitLinked("the hanging one", LIMIT);
    }

    /**
     * No call in between, for no incident; the others go on; afterwards all is there once. Datadog limits endpoints: what is
     * one too many there concerns only that one.
     */
    @ParameterizedTest
    @CsvSource({
        "servicenow, create-incident, 503, Retry-After",
        "servicenow, create-incident, 429, Retry-After",
        "datadog, create-incident, 429, X-RateLimit-Reset",
        "datadog, create-case, 503, Retry-After",
        "pagerduty, create-incident, 429, ratelimit-reset",
        "pagerduty, set-custom-fields, 503, Retry-After",
    })
    void waitsAsLongAsItIsAskedTo(String platform, String operation, int status, String header) {
        String title = "asked to wait: " + platform + " " + operation + " " + status;
        int before = rig.sandbox.calls(platform, null).size();
        int operationsBefore = rig.sandbox.calls(platform, operation).size();
        rig.sandbox
                .fault(platform, operation)
                .status(status)
                .header(header, "4")
                .inject();
        rig.trigger(title);
        await().atMost(LIMIT).until(() -> rig.sandbox.faults().isEmpty());
        rig.awaitLinked(title, LIMIT);

        boolean isEndpointsOwn = platform.equals("datadog") && status == 429;
        List<JsonNode> calls = FaultRig.stream(rig.sandbox.calls(platform, null))
                .skip(before)
                .filter(call ->
                        !isEndpointsOwn || call.path("operation").asText().equals(operation))
                .toList();
        JsonNode refused = calls.stream()
                .filter(call -> call.path("status").asInt() == status)
                .findFirst()
                .orElseThrow();
        long told = refused.path("answeredAt").asLong();
        // What was under way already when the answer came is no disobedience: half a second of grace.
        assertThat(calls)
                .as("calls during the wait from %d", told)
                .noneMatch(call ->
                        call.path("at").asLong() > told + 500 && call.path("at").asLong() < told + 4_000);
        assertThat(calls)
                .as("taken up again in time")
                .anyMatch(call -> call.path("at").asLong() >= told + 4_000
                        && call.path("at").asLong() < told + 7_000);
        assertThat(rig.sandbox.calls(platform, operation).size() - operationsBefore)
                .as("%s calls", operation)
                .isEqualTo(2);
        assertThat(rig.metric("fusion_duplicates_total")).isZero();
    }

    /** Without a hint the wait grows, and it heals by itself. */
    @ParameterizedTest
    @CsvSource({"servicenow, 503", "servicenow, 429", "pagerduty, 503", "datadog, 429"})
    void heals(String platform, int status) {
        int before = rig.sandbox.calls(platform, null).size();
        rig.sandbox.fault(platform, "*").status(status).always().inject();
        String title = "refused for a while: " + platform + " " + status;
        rig.trigger(title);
        await().atMost(LIMIT).until(() -> rig.sandbox.calls(platform, null).size() - before >= 5);
        rig.sandbox.clearFaults();
        rig.awaitLinked(title, Duration.ofSeconds(10));
        for (FaultRig.Place place : FaultRig.PLACES) {
            assertThat(rig.creates(place, title).stream()
                            .filter(call -> call.path("status").asInt() < 300))
                    .as("creates of %s", place)
                    .hasSize(1);
        }
        assertThat(rig.metric("fusion_duplicates_total")).isZero();
    }

    private static List<JsonNode> stormCalls(FaultRig rig, String platform, String operation) {
        return rig.calls(
                platform, operation, call -> call.path("title").asText("").contains("storm "));
    }

    private static List<Long> at(List<JsonNode> calls) {
        return calls.stream().map(call -> call.path("at").asLong()).toList();
    }

    /** When the first call came that ServiceNow has not answered. */
    private static long unanswered(FaultRig rig) {
        return FaultRig.stream(rig.sandbox.calls("servicenow", "create-incident"))
                .filter(call -> call.path("answeredAt").isNull())
                .mapToLong(call -> call.path("at").asLong())
                .findFirst()
                .orElseThrow();
    }
}
