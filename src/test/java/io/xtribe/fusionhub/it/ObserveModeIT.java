package io.xtribe.fusionhub.it;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code fusion.mode=observe}: nothing is written anywhere, and each timeline says what would have been. */
class ObserveModeIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void writesNothingAndSaysWhatItWouldHave() {
        try (FaultRig rig = FaultRig.start("ObserveModeIT", settings -> settings.env("FUSION_MODE", "observe"))) {
            rig.webhooksOn();
            rig.sandbox.datadogAlert("P1", "a monitor");
            JsonNode declared = rig.sandbox.datadogIncident("SEV-2", "a declared incident");
            JsonNode logged = rig.sandbox.serviceNowIncident(1, 1, "a logged incident");
            JsonNode paged = rig.sandbox.pagerDutyIncident("P1", "a page by hand");

            assertWouldHave(rig, "a monitor", "datadog incident", "datadog case", "servicenow", "pagerduty");
            assertWouldHave(rig, "a declared incident", "datadog case", "servicenow", "pagerduty");
            assertWouldHave(rig, "a logged incident", "datadog incident", "datadog case", "pagerduty");
            assertWouldHave(rig, "a page by hand", "datadog incident", "datadog case", "servicenow");

            // What people change is followed in the record, and nowhere else.
            rig.sandbox.changeServiceNowIncident(
                    logged.path("sys_id").asText(logged.path("id").asText()), Map.of("state", "2"));
            await().atMost(LIMIT)
                    .until(() ->
                            rig.row("a logged incident").path("status").asText().equals("ACKNOWLEDGED"));
            await().atMost(LIMIT).until(() -> allSettled(rig));

            assertThat(rig.sandbox.counts().path("writes").asLong())
                    .as("writes")
                    .isZero();
            assertThat(rig.sandbox.records().path("datadog")).hasSize(1);
            assertThat(rig.sandbox.records().path("servicenow")).hasSize(1);
            assertThat(rig.sandbox.records().path("pagerduty")).hasSize(1);
            assertThat(List.of(declared, paged)).allMatch(JsonNode::isObject);

            // Not retried for ever: seconds later, in which a retry would have come, the story is no longer.
            Map<String, Integer> before = lines(rig);
            long calls = rig.sandbox.counts().path("total").asLong();
            await().during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(6))
                    .untilAsserted(() -> assertThat(lines(rig)).isEqualTo(before));
            assertThat(rig.sandbox.counts().path("total").asLong()).isEqualTo(calls);
            assertThat(rig.metric("fusion_unpaged_incidents")).isZero();
            assertThat(rig.hub.log()).doesNotContain("NOT PAGED");

            assertVerbs(rig, "a logged incident");
        }
    }

    /** An operator may change what the hub knows, and nothing that would be written. */
    private static void assertVerbs(FaultRig rig, String title) {
        String id = rig.id(title);
        for (String verb : List.of("retry", "unfreeze", "close")) {
            assertRefused(rig.hub.ask(id, verb, Map.of()));
        }
        assertRefused(rig.hub.ask(id, "open", Map.of("platform", "pagerduty")));
        String other = rig.incident("a page by hand")
                .at("/platforms/pagerduty/incident/reference/id")
                .asText();
        assertRefused(rig.hub.ask(id, "attach", Map.of("platform", "pagerduty", "id", other)));
        assertThat(rig.hub.ask(id, "converge", Map.of()).statusCode()).isEqualTo(202);
        assertThat(rig.hub.ask(id, "detach", Map.of("platform", "servicenow")).statusCode())
                .isEqualTo(202);
        await().atMost(LIMIT).until(() -> allSettled(rig));
        assertThat(rig.incident(title).at("/platforms/servicenow/incident").has("reference"))
                .isFalse();
        assertThat(rig.sandbox.counts().path("writes").asLong()).isZero();
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(answer.body()).contains("fusion.mode=observe");
    }

    /** An old trigger is confirmed by reading, which is allowed, and polls find what webhooks have lost. */
    @Test
    void readsToConfirmAndToFind() {
        try (FaultRig rig = FaultRig.start("ObserveModeIT-old", ObserveModeIT::polling)) {
            rig.webhooksOn();
            rig.sandbox.datadogAlert(
                    Map.of("priority", "P1", "title", "an old alert", "transition", "Triggered", "minutesAgo", 20));
            assertWouldHave(rig, "an old alert", "datadog incident", "datadog case", "servicenow", "pagerduty");
            assertThat(rig.sandbox.calls("datadog", "get-monitor")).hasSize(1);

            rig.webhooksOff();
            await().atMost(LIMIT)
                    .until(() -> rig.metric("fusion_polls_total", "poll=events", "outcome=ok") > 0
                            && rig.metric("fusion_polls_total", "platform=pagerduty", "poll=incidents", "outcome=ok")
                                    > 0);
            rig.sandbox.datadogAlert("P1", "a lost alert");
            rig.sandbox.pagerDutyIncident("P1", "a lost page");
            assertWouldHave(rig, "a lost alert", "datadog incident", "datadog case", "servicenow", "pagerduty");
            assertWouldHave(rig, "a lost page", "datadog incident", "datadog case", "servicenow");
            assertThat(rig.sandbox.counts().path("writes").asLong()).isZero();
        }
    }

    private static HubProcess.Builder polling(HubProcess.Builder settings) {
        settings.env("FUSION_MODE", "observe")
                .env("FUSION_DATADOG_ORG_ID", "1200000001")
                .env("FUSION_SERVICENOW_INSTANCE", "sandbox");
        for (String platform : List.of("DATADOG", "SERVICENOW", "PAGERDUTY")) {
            settings.env("FUSION_" + platform + "_POLL", "1s");
        }
        return settings;
    }

    private static void assertWouldHave(FaultRig rig, String title, String... subjects) {
        rig.awaitRow(title);
        await().atMost(LIMIT).untilAsserted(() -> {
            List<String> would = rig.timeline(title).stream()
                    .filter(text -> text.startsWith("would have"))
                    .toList();
            assertThat(would).as(title).hasSize(subjects.length);
            for (String subject : subjects) {
                assertThat(would).anyMatch(text -> text.startsWith("would have opened " + subject));
            }
        });
        await().atMost(LIMIT).until(() -> rig.row(title).path("settled").asBoolean());
    }

    private static boolean allSettled(FaultRig rig) {
        return FaultRig.stream(rig.hub.incidents())
                .allMatch(row -> row.path("settled").asBoolean());
    }

    private static Map<String, Integer> lines(FaultRig rig) {
        return FaultRig.stream(rig.hub.incidents())
                .map(row -> row.path("title").asText())
                .collect(Collectors.toMap(
                        title -> title, title -> rig.timeline(title).size()));
    }
}
