package io.xtribe.fusionhub.routes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.model.ModelCamelContext;
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
class SmallMessagesRouteTest extends NatsRouteTest {

    private static final String ENTRANCE = "direct:webhooks-receive";
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
    List<String> routeFiles() {
        return List.of("error-handling.camel.yaml", "webhooks.camel.yaml");
    }

    @Override
    Map<String, String> moreSettings() {
        return Map.of("fusion.nats.url", small.url(), "fusion.webhooks.datadog.secret", Webhooks.secret("datadog"));
    }

    @Override
    String route() {
        return "webhooks-receive";
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        var camel = (ModelCamelContext) super.createCamelContext();
        AdviceWith.adviceWith(camel, "webhooks-receive", route -> route.replaceFromWith(ENTRANCE));
        return camel;
    }

    /** The smaller one would fit, were it not for the headers and the envelope. */
    @ParameterizedTest
    @ValueSource(ints = {MAX_PAYLOAD - 600, MAX_PAYLOAD + 1, 200_000})
    void buriesWhatTheServerDoesNotTake(int bytes) throws Exception {
        var body = "{\"text\":\"" + "x".repeat(bytes - 11) + "\"}";

        var answer = template.request(ENTRANCE, exchange -> {
            Webhooks.headers("datadog", Webhooks.secret("datadog"), body.getBytes(StandardCharsets.UTF_8))
                    .forEach(exchange.getIn()::setHeader);
            exchange.getIn().setHeader(Exchange.HTTP_PATH, "/webhooks/datadog");
            exchange.getIn().setBody(body.getBytes(StandardCharsets.UTF_8));
        });

        assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class))
                .isEqualTo(202);
        assertThat(stored(Names.SIGNALS)).isZero();
        var letter = Letters.json(management().getMessage(Names.DEAD_LETTERS, 1));
        assertThat(letter.path("class").asText()).isEqualTo("too-large");
        assertThat(letter.path("remedy").asText()).contains("max_payload");
        assertThat(letter.path("bodyBytes").asInt()).isEqualTo(bytes);
    }
}
