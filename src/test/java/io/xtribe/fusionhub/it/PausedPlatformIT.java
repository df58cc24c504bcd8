package io.xtribe.fusionhub.it;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.Http;
import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An operator pauses a platform and resumes it: one pause for all hubs, which outlives them. */
class PausedPlatformIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PAUSED = "servicenow";

    private static Rig rig;
    private static HubProcess one;
    private static HubProcess other;

    @BeforeAll
    static void start() {
        rig = Rig.start("PausedPlatformIT");
        // Where the sandbox does not tell whose instance it is, a hub asks again and again.
        one = rig.hub().env("FUSION_PROBE", "1s").start();
        other = rig.hub().env("FUSION_PROBE", "1s").start();
        one.awaitReady();
        other.awaitReady();
        rig.awaitSettled(rig.publishAll("warm-up", 1), LIMIT);
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        rig.close();
    }

    @Test
    void isCalledForNothingByAnyHubUntilItIsResumed() {
        assertThat(verb(one, PAUSED, "pause", Map.of("reason", "their upgrade")).statusCode())
                .isEqualTo(202);
        await().atMost(LIMIT).until(() -> state(other).equals("PAUSED"));
        int before = calls();

        List<String> titles = rig.publishAll("paused", 5);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(rig.incidents().keySet()).containsAll(titles));
        await().atMost(LIMIT).until(() -> rig.calls("pagerduty", "create-incident") == 1 + titles.size());
        for (HubProcess hub : List.of(one, other)) {
            assertThat(status(hub).path("words").asText()).isEqualTo("paused by hand, by tester: their upgrade");
            assertThat(status(hub).path("pausedBy").asText()).isEqualTo("tester");
            assertThat(health(hub)).startsWith("paused since").endsWith("paused by hand, by tester: their upgrade");
            assertThat(hub.readiness()).isEqualTo(200);
        }
        refused(verb(other, PAUSED, "pause", Map.of()), 409, "is paused by hand, by tester: their upgrade, already");

        // All lists and who speaks are asked for at the start of a hub, but not there.
        assertThat(one.terminate()).isIn(0, 143);
        one.start().awaitReady();
        assertThat(state(one)).isEqualTo("PAUSED");
        List<String> later = rig.publishAll("after a restart", 2);
        await().atMost(LIMIT)
                .until(() -> rig.calls("pagerduty", "create-incident") == 1 + titles.size() + later.size());
        await().during(Duration.ofMillis(1500))
                .atMost(LIMIT)
                .until(() -> rig.workSet().size() >= titles.size());
        assertThat(calls()).as("calls to the paused platform").isEqualTo(before);
        assertThat(status(one).path("lagMillis").path("open-p1").asLong()
                        + status(other).path("lagMillis").path("open-p1").asLong())
                .as("for how long the oldest waits")
                .isGreaterThan(1500);
        assertThat(status(one).path("queue").toString() + status(other).path("queue"))
                .as("what waits")
                .contains(":");

        // The hub that did not pause it resumes it.
        assertThat(verb(other, PAUSED, "resume", Map.of("reason", "they are done"))
                        .statusCode())
                .isEqualTo(202);
        rig.awaitSettled(titles, LIMIT);
        rig.awaitSettled(later, LIMIT);
        rig.assertLinkedOnce(titles);
        rig.assertLinkedOnce(later);
        await().atMost(LIMIT)
                .until(() -> state(one).equals("OK") && state(other).equals("OK"));
        assertThat(other.log()).contains("servicenow is resumed by tester: they are done");
        refused(verb(one, PAUSED, "resume", Map.of()), 409, "servicenow is not paused by hand");
    }

    @Test
    void onlyAPlatformThatTakesPartCanBePaused() {
        refused(verb(one, "acme", "pause", Map.of()), 404, "known are datadog, pagerduty, servicenow");
        refused(verb(one, "acme", "resume", Map.of()), 404, "known are datadog, pagerduty, servicenow");
        refused(verb(one, "datadog", "pause", Map.of("why", "x")), 400, "unknown member");
    }

    private static HttpResponse<String> verb(HubProcess hub, String platform, String verb, Map<String, ?> body) {
        return Http.send(
                "POST",
                hub.url() + "/api/platforms/" + platform + "/" + verb,
                Http.bytes(body),
                Map.of("Content-Type", "application/json", "X-Fusion-User", "tester"));
    }

    private static void refused(HttpResponse<String> answer, int status, String why) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(why);
    }

    private static int calls() {
        return rig.platforms().calls(PAUSED, null).size();
    }

    private static String state(HubProcess hub) {
        return status(hub).path("state").asText();
    }

    private static JsonNode status(HubProcess hub) {
        return StreamSupport.stream(hub.platforms().spliterator(), false)
                .filter(platform -> platform.path("platform").asText().equals(PAUSED))
                .findFirst()
                .orElseThrow();
    }

    private static String health(HubProcess hub) {
        return StreamSupport.stream(
                        Http.json(Http.get(hub.managementUrl() + "/q/health/well")
                                        .body())
                                .path("checks")
                                .spliterator(),
                        false)
                .filter(check -> check.path("name").asText().equals("platforms"))
                .findFirst()
                .orElseThrow()
                .path("data")
                .path(PAUSED)
                .asText();
    }
}
