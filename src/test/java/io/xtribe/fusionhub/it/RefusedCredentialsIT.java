package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.it.FaultRig.Place;
import io.xtribe.fusionhub.testing.HubProcess;

import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a platform refuses, and what follows: a pause of the platform, a plainer page, or a rejected record. */
class RefusedCredentialsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static FaultRig rig;

    @BeforeAll
    static void start() {
        rig = FaultRig.start("RefusedCredentialsIT").warmUp();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @AfterEach
    void quiet() {
        rig.sandbox.clearFaults();
    }

    @ParameterizedTest
    @CsvSource({
        "datadog, datadog.apiKey, sandbox-api-key",
        "servicenow, servicenow.password, sandbox-password",
        "pagerduty, pagerduty.token, sandbox-token",
    })
    void pausesAndCatchesUp(String platform, String credential, String good) {
        String first = "first while " + platform + " refuses us";
        String second = "second while " + platform + " refuses us";
        rig.sandbox.settings(Map.of("credentials", Map.of(credential, "changed-by-somebody")));
        try {
            rig.trigger(first);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(platformHealth(platform)).startsWith("paused"));
            assertThat(rig.hub.readiness()).isEqualTo(200);
            assertThat(rig.hub.liveness()).isEqualTo(200);
            int creates = creates(platform);
            rig.trigger(second);
            assertOthersLinked(platform, first);
            assertOthersLinked(platform, second);
            assertThat(creates(platform)).as("no creates on a paused platform").isEqualTo(creates);
            assertThat(rig.row(second).path("settled").asBoolean()).isFalse();
        } finally {
            rig.sandbox.settings(Map.of("credentials", Map.of(credential, good)));
        }
        rig.awaitLinked(first, Duration.ofSeconds(8));
        rig.awaitLinked(second, Duration.ofSeconds(8));
        assertThat(platformHealth(platform)).isEqualTo("ok");
        assertThat(rig.hub.health().path("status").asText()).isEqualTo("UP");
        for (Place place : FaultRig.PLACES) {
            assertThat(accepted(place, second)).as("creates of %s", place).hasSize(1);
        }
    }

    @Test
    void unknownPriorityIdDoesNotStopThePage() {
        String title = "PagerDuty knows no such priority";
        String body = "{\"error\":{\"message\":\"Invalid Input Provided\",\"code\":2001,"
                + "\"errors\":[\"Priority not found\"]}}";
        rig.sandbox
                .fault("pagerduty", "create-incident")
                .containing("priority_reference")
                .status(400)
                .body(body)
                .always()
                .inject();
        rig.trigger(title);
        rig.awaitLinked(title, LIMIT);
        assertThat(accepted(PAGE, title)).hasSize(1);
        assertThat(FaultRig.record(rig.sandbox.records(), parts(title), PAGE)
                        .path("urgency")
                        .asText())
                .isEqualTo("high");
        assertThat(rig.timeline(title)).anyMatch(text -> text.contains("Priority not found"));
    }

    /** The account's priorities are read at start; when that fails, they are not missed for an hour. */
    @Test
    void prioritiesAreReadAgainSoon() {
        try (FaultRig own = FaultRig.start("RefusedCredentialsIT-priorities")) {
            HubProcess hub = own.hub;
            hub.kill();
            int before = own.sandbox.calls("pagerduty", "list-priorities").size();
            own.sandbox
                    .fault("pagerduty", "list-priorities")
                    .status(503)
                    .times(2)
                    .inject();
            hub.start().awaitReady();
            await().atMost(LIMIT).untilAsserted(() -> assertThat(hub.health().toString())
                    .contains("\"pagerduty priorities\":\"cannot be read"));
            await().atMost(LIMIT)
                    .until(() ->
                            own.sandbox.calls("pagerduty", "list-priorities").size() - before == 3);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(hub.health().toString())
                    .contains("\"pagerduty priorities\":\"ok\""));
            own.warmUp();
            assertThat(own.sandbox
                            .records()
                            .path("pagerduty")
                            .path(0)
                            .path("priority")
                            .asText())
                    .isEqualTo("P1");
            assertThat(own.sandbox.calls("pagerduty", "list-priorities").size() - before)
                    .isEqualTo(3);
        }
    }

    @Test
    void refusedPageIsCountedAndStandsFirst() {
        String title = "PagerDuty refuses everything";
        String words = "Escalation policy has nobody on call";
        rig.sandbox
                .fault("pagerduty", "create-incident")
                .status(400)
                .body("{\"error\":{\"message\":\"" + words + "\",\"code\":1015}}")
                .always()
                .inject();
        rig.trigger(title);
        assertOthersLinked("pagerduty", title);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rig.metric("fusion_unpaged_incidents"))
                .isEqualTo(1));
        // Once as it should be, once plainly, twice under a neutral title, never again.
        await().atMost(LIMIT).until(() -> rig.row(title).path("settled").asBoolean());
        assertThat(rejectedCalls("pagerduty", "create-incident", 400, "")).isEqualTo(4);
        rig.sandbox.clearFaults();
        rig.trigger("a newer one");
        rig.awaitLinked("a newer one", LIMIT);
        assertThat(rig.hub.incidents().path(0).path("title").asText()).isEqualTo(title);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        rig.hub.log().lines().filter(line -> line.contains("NOT PAGED")))
                .anyMatch(line -> line.contains("ERROR") && line.contains(rig.id(title)) && line.contains(title)));
        assertRejected(title, PAGE, "open", words);
        assertThat(rig.hub.readiness()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "datadog, create-incident, 400, 0",
        "datadog, create-incident, 403, 0",
        "datadog, create-case, 403, 1",
        "datadog, create-case, 404, 1",
        "datadog, create-case, 422, 1",
        "servicenow, create-incident, 400, 2",
        "servicenow, create-incident, 403, 2",
        "servicenow, create-incident, 415, 2",
    })
    void otherRefusalsConcernOneRecord(String platform, String operation, int status, int index) {
        Place place = FaultRig.PLACES.get(index);
        String title = place + " refuses with " + status;
        String words = "Data Policy Exception: Short description must not rhyme";
        rig.sandbox
                .fault(platform, operation)
                .status(status)
                .body("{\"errors\":[\"" + words + "\"]}")
                .always()
                .inject();
        rig.trigger(title);
        await().atMost(LIMIT).until(() -> rig.row(title).path("settled").asBoolean());
        assertRejected(title, place, "open", words);
        assertOthersLinked(place.part().equals("case") ? "" : platform, title);
        // As it is, without its description, and under a neutral title.
        assertThat(rig.sandbox.faults().path(0).path("used").asInt()).isEqualTo(3);
        assertThat(platformHealth(platform)).isEqualTo("ok");
        assertThat(rig.metric("fusion_unpaged_incidents")).isEqualTo(0);
    }

    /** The credentials are good: so what a filter in front of the vendor refuses is one record's, however often. */
    @Test
    void aPageThatAFilterRefusesHoldsUpNoOther() {
        String title = "1' UNION SELECT password";
        rig.sandbox
                .fault("pagerduty", "create-incident")
                .containing(title)
                .status(403)
                .header("Content-Type", "text/html")
                .body("<html><body>blocked by a filter</body></html>")
                .always()
                .inject();
        rig.trigger(title);
        rig.awaitLinked(title, Duration.ofSeconds(8));
        assertThat(rig.part(title, PAGE).path("rejections")).isEmpty();
        assertThat(platformHealth("pagerduty")).isEqualTo("ok");
        rig.trigger("innocent");
        rig.awaitLinked("innocent", Duration.ofSeconds(8));
        assertThat(rejectedCalls("pagerduty", "create-incident", 403, title)).isEqualTo(2);
        assertThat(rig.hub.log()).doesNotContain("pagerduty refuses our account and is paused: pagerduty answered 403");
    }

    /** Reads are answered then, and every write is refused, with a status that means one record otherwise. */
    @Test
    void pausesWhenTheUserHasLeftThatActsForTheHub() {
        String title = "nobody may write to PagerDuty";
        rig.sandbox
                .fault("pagerduty", "create-incident")
                .status(400)
                .body("{\"error\":{\"message\":\"Requester User Not Found\",\"code\":1008}}")
                .always()
                .inject();
        rig.sandbox
                .fault("pagerduty", "list-users")
                .status(200)
                .body("{\"users\":[]}")
                .always()
                .inject();
        rig.trigger(title);
        assertOthersLinked("pagerduty", title);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(platformHealth("pagerduty")).startsWith("paused"));
        await().atMost(LIMIT)
                .until(() -> rig.hub.log().contains("no user of the account has the address fusion@sandbox.example"));
        rig.sandbox.clearFaults();
        rig.awaitLinked(title, Duration.ofSeconds(8));
        assertThat(platformHealth("pagerduty")).isEqualTo("ok");
    }

    /** An account without custom fields: the links stand in one note, also of the next incident, without asking. */
    @ParameterizedTest
    @CsvSource({"402", "403", "404"})
    void noCustomFields(int status) {
        try (FaultRig own = FaultRig.start("RefusedCredentialsIT-fields")) {
            own.sandbox.settings(Map.of("features", Map.of("pagerduty.customFields", status)));
            own.warmUp();
            String title = "no custom fields";
            own.trigger(title);
            own.awaitLinked(title, LIMIT);
            JsonNode page =
                    FaultRig.record(own.sandbox.records(), own.incident(title).path("platforms"), PAGE);
            assertThat(FaultRig.stream(page.path("custom_fields"))).isEmpty();
            assertThat(page.path("notes")).isNotEmpty();
            assertThat(own.sandbox.calls("pagerduty", "set-custom-fields").size())
                    .as("asked once, then remembered")
                    .isLessThanOrEqualTo(2);
            assertThat(own.hub.health().path("status").asText()).isEqualTo("UP");
        }
    }

    private static JsonNode parts(String title) {
        return rig.incident(title).path("platforms");
    }

    private static String platformHealth(String platform) {
        return FaultRig.stream(rig.hub.health().path("checks"))
                .filter(check -> check.path("name").asText().equals("platforms"))
                .map(check -> check.path("data").path(platform).asText())
                .findFirst()
                .orElseThrow();
    }

    private static int creates(String platform) {
        return rig.sandbox.calls(platform, "create-incident").size()
                + rig.sandbox.calls(platform, "create-case").size();
    }

    private static List<JsonNode> accepted(Place place, String title) {
        return rig.creates(place, title).stream()
                .filter(call -> call.path("status").asInt() / 100 == 2)
                .toList();
    }

    /** A fault answers before the sandbox looks what the call is about, so its own count tells. */
    private static int rejectedCalls(String platform, String operation, int status, String title) {
        JsonNode fault = rig.sandbox.faults().path(0);
        assertThat(fault.path("containing").asText()).isEqualTo(title);
        assertThat(fault.path("platform").asText() + fault.path("operation").asText())
                .isEqualTo(platform + operation);
        assertThat(fault.path("status").asInt()).isEqualTo(status);
        return fault.path("used").asInt();
    }

    private static void assertRejected(String title, Place place, String operation, String words) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rig.part(title, place)
                        .path("rejections")
                        .path(operation)
                        .path("words")
                        .asText())
                .contains(words));
    }

    /** All but this platform hold a record, and these show each other once. */
    private static void assertOthersLinked(String without, String title) {
        await().atMost(LIMIT).untilAsserted(() -> {
            JsonNode parts = parts(title);
            List<Place> there = FaultRig.PLACES.stream()
                    .filter(place ->
                            !place.platform().equals(without) && !place.part().equals("case"))
                    .toList();
            JsonNode records = rig.sandbox.records();
            for (Place place : there) {
                JsonNode record = FaultRig.record(records, parts, place);
                assertThat(FaultRig.isOpen(record)).isTrue();
                for (Place other : there) {
                    String url =
                            FaultRig.record(records, parts, other).path("url").asText();
                    if (!other.equals(place)) {
                        assertThat(shownTimes(record, url))
                                .as("%s shown by %s", url, record)
                                .isEqualTo(1);
                    }
                }
            }
            assertThat(parts.path(without).path("incident").has("reference")
                            && !parts.path(without)
                                    .path("incident")
                                    .path("reference")
                                    .isNull())
                    .isFalse();
        });
    }

    private static int shownTimes(JsonNode record, String url) {
        String shown = String.join("\n", FaultRig.texts(record.path("attachments"), "url")) + "\n"
                + String.join("\n", FaultRig.strings(record.path("columns"))) + "\n"
                + String.join("\n", FaultRig.strings(record.path("custom_fields"))) + "\n"
                + String.join("\n", FaultRig.texts(record.path("custom_fields"), "value"));
        return FaultRig.times(shown, url);
    }
}
