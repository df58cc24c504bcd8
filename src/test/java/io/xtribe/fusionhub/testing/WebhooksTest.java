package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class WebhooksTest {
    // RFC 4231, test case 2
    private static final String KEY = "Jefe";
    private static final byte[] MESSAGE = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);
    private static final String HMAC = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    @Test
    void signsLikePagerDuty() {
        assertThat(Webhooks.pagerDuty(KEY, MESSAGE)).containsEntry("X-PagerDuty-Signature", "v1=" + HMAC);
        assertThat(Webhooks.pagerDuty(MESSAGE, "new", KEY).get("X-PagerDuty-Signature"))
                .matches("v1=[0-9a-f]{64},v1=" + HMAC);
    }

    @Test
    void signsLikeServiceNow() {
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac Jefe -binary | base64
        assertThat(Webhooks.serviceNow(
                        KEY, "{}".getBytes(StandardCharsets.UTF_8), Instant.ofEpochSecond(1_700_000_000)))
                .containsEntry("X-Fusion-Timestamp", "1700000000")
                .containsEntry("X-Fusion-Signature", "sha256=03k+K0ED7fvZjMGVkYMvX61wHUE9ufyuCufauBhO0gc=");
    }

    @Test
    void movesAllTimesOfABodyTogether() {
        JsonNode manual = Http.json(Webhooks.fresh("pagerduty/resolved")).path("event");
        Instant occurred = Instant.parse(manual.path("occurred_at").asText());
        Instant created = Instant.parse(manual.path("data").path("created_at").asText());
        assertThat(occurred).isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
        assertThat(Duration.between(created, occurred)).isEqualTo(Duration.ofMillis(1_800_414));

        JsonNode monitor = Http.json(Webhooks.fresh("datadog/monitor-triggered-p1"));
        assertThat(Instant.ofEpochMilli(monitor.path("last_updated").asLong()))
                .isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));

        JsonNode incident = Http.json(Webhooks.fresh("servicenow/created-p1"));
        assertThat(incident.path("incident").path("sys_updated_on").asText().replace(' ', 'T') + "Z")
                .isEqualTo(incident.path("occurred_at").asText())
                .doesNotStartWith("2026-01-31T12:00:00");
    }

    @ParameterizedTest
    @MethodSource("recordedBodies")
    void everyRecordedBodyHasTheShapeOfItsSource(Path file) throws IOException {
        String source = file.getParent().getFileName().toString();
        String name = file.getFileName().toString().replace(".json", "");

        JsonNode body = Http.json(Webhooks.body(source + "/" + name));

        assertThat(body.isObject()).isTrue();
        switch (source) {
            case "datadog" ->
                assertThat(body.path("schema").asText())
                        .isEqualTo(name.startsWith("monitor") ? "datadog-monitor-1" : "datadog-incident-1");
            case "servicenow" -> {
                assertThat(body.path("schema").asText()).isEqualTo("servicenow-incident-1");
                assertThat(body.path("incident").path("sys_id").asText()).matches("[0-9a-f]{32}");
            }
            case "pagerduty" ->
                assertThat(body.path("event").path("event_type").asText()).contains(".");
            default -> throw new AssertionError("Unknown source " + source);
        }
        if (name.contains("ours")) {
            assertThat(body.toString()).containsPattern("fx-[0-9a-f]{32}");
        }
    }

    static Stream<Path> recordedBodies() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/webhooks"))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }
}
