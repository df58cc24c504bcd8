package io.xtribe.fusionhub.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.nats.Names;

import static org.assertj.core.api.Assertions.assertThat;

/** Webhooks of a platform that is known from a mounted folder only, whose enrichment fails on some bodies. */
class FurtherPlatformWebhookRouteTest extends WebhookRouteTest {

    private static final Path FOLDER = Path.of("src/test/resources/platforms/opsdesk");

    @TempDir
    static Path mounted;

    @BeforeAll
    static void mount() throws IOException {
        var target = Files.createDirectories(mounted.resolve("opsdesk"));
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        Files.writeString(
                target.resolve("enrichment.jq"),
                "{lookup: {opsdeskboard: .ticket.board}, priority: (\"\" + .ticket.level)}");
        Files.writeString(mounted.resolve("services.csv"), """
                service,team,tier,assignment_group,pagerduty_service,escalation_policy,runbook,opsdesk_board
                checkout,payments,1,,PCHECKOUT,,,tills
                """);
    }

    @Override
    Map<String, String> moreSettings() {
        var settings = new HashMap<String, String>();
        settings.put("fusion.platforms", "datadog,servicenow,pagerduty,opsdesk");
        settings.put("fusion.platforms-path", mounted.toString());
        settings.put("fusion.catalogue", mounted.resolve("services.csv").toString());
        settings.put("fusion.webhooks.opsdesk.secret", "secret");
        settings.put("fusion.opsdesk.url", "http://127.0.0.1:1");
        settings.put("fusion.opsdesk.token", "token");
        return settings;
    }

    /** What is stored of it. */
    private JsonNode received(String body) throws Exception {
        var answer = receive("opsdesk", body, Map.of("X-Fusion-Token", "secret"));
        assertThat(status(answer)).isEqualTo(202);
        assertThat(stored(Names.DEAD_LETTERS)).isZero();
        return new ObjectMapper()
                .readTree(management().getMessage(Names.SIGNALS, 1).getData());
    }

    @Test
    void haveIdAndEnrichmentAsTheFolderSays() throws Exception {
        var event = received(
                "{\"delivery\":\"d-1\",\"event\":\"opened\",\"ticket\":{\"board\":\"tills\",\"level\":\"2\"}}");

        assertThat(event.path("id").asText()).isEqualTo("opsdesk:d-1");
        assertThat(event.path("type").asText()).isEqualTo("opsdesk.incident");
        assertThat(event.path("priority").asText()).isEqualTo("P2");
        assertThat(event.path("service").asText()).isEqualTo("checkout");
        assertThat(event.path("team").asText()).isEqualTo("payments");
        assertThat(event.path("opsdeskboard").asText()).isEqualTo("tills");
        assertThat(event.path("pagerdutyservice").asText()).isEqualTo("PCHECKOUT");
    }

    @Test
    void goOnWithoutEnrichmentWhereItFails() throws Exception {
        var event = received("{\"delivery\":\"d-1\",\"ticket\":\"odd\"}");

        assertThat(event.path("id").asText()).isEqualTo("opsdesk:d-1");
        assertThat(event.has("priority")).isFalse();
        assertThat(event.has("service")).isFalse();
    }

    @Test
    void haveTheHashOfTheirBodyAsTheirIdWhereTheyHaveNone() throws Exception {
        assertThat(received("{\"event\":{\"id\":\"x\"},\"event_id\":\"y\",\"id\":\"z\"}")
                        .path("id")
                        .asText())
                .matches("opsdesk:[0-9a-f]{64}");
    }
}
