package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

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
        }
    }

    /** An old trigger is confirmed by reading, which is allowed. */
    @Test
    void readsToConfirm() {
        try (FaultRig rig = FaultRig.start("ObserveModeIT-old", settings -> settings.env("FUSION_MODE", "observe"))) {
            rig.webhooksOn();
            rig.sandbox.datadogAlert(
                    Map.of("priority", "P1", "title", "an old alert", "transition", "Triggered", "minutesAgo", 20));
            assertWouldHave(rig, "an old alert", "datadog incident", "datadog case", "servicenow", "pagerduty");
            assertThat(rig.sandbox.calls("datadog", "get-monitor")).hasSize(1);
            assertThat(rig.sandbox.counts().path("writes").asLong()).isZero();
        }
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
