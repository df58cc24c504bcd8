package io.xtribe.fusionhub.routes;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.Letters;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;

/** Webhooks before a NATS server that takes smaller messages than the platforms send. */
class SmallMessagesRouteTest extends WebhookRouteTest {

    private static final int MAX_PAYLOAD = 16 * 1024;

    private static NatsServer small;

    @BeforeAll
    static void startSmallNats() {
        small = NatsServer.start("max_payload: " + MAX_PAYLOAD);
    }

    @AfterAll
    static void stopSmallNats() {
        small.close();
    }

    @Override
    Map<String, String> moreSettings() {
        return Map.of("fusion.nats.url", small.url(), "fusion.webhooks.datadog.secret", Webhooks.secret("datadog"));
    }

    /** The smaller one would fit, were it not for the headers and the envelope. */
    @ParameterizedTest
    @ValueSource(ints = {MAX_PAYLOAD - 600, MAX_PAYLOAD + 1, 200_000})
    void buriesWhatTheServerDoesNotTake(int bytes) throws Exception {
        var body = "{\"text\":\"" + "x".repeat(bytes - 11) + "\"}";

        var answer = receive("datadog", body);

        assertThat(status(answer)).isEqualTo(202);
        assertThat(stored(Names.SIGNALS)).isZero();
        var letter = Letters.json(management().getMessage(Names.DEAD_LETTERS, 1));
        assertThat(letter.path("class").asText()).isEqualTo("too-large");
        assertThat(letter.path("remedy").asText()).contains("max_payload");
        assertThat(letter.path("bodyBytes").asInt()).isEqualTo(bytes);
    }
}
