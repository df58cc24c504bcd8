package io.xtribe.fusionhub.routes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.model.ModelCamelContext;

import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;

/** Sends webhooks to the route {@code webhooks-receive}. Without Quarkus no HTTP server listens: they come by a direct endpoint. */
abstract class WebhookRouteTest extends NatsRouteTest {

    private static final String ENTRANCE = "direct:webhooks-receive";

    @Override
    List<String> routeFiles() {
        return List.of("error-handling.camel.yaml", "webhooks.camel.yaml");
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

    /** An authentic webhook. */
    Exchange receive(String source, String body) {
        return receive(
                source, body, Webhooks.headers(source, Webhooks.secret(source), body.getBytes(StandardCharsets.UTF_8)));
    }

    Exchange receive(String source, String body, Map<String, String> headers) {
        return receive(source, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Exchange receive(String source, byte[] body, Map<String, ?> headers) {
        return template.request(ENTRANCE, exchange -> {
            headers.forEach(exchange.getIn()::setHeader);
            exchange.getIn().setHeader(Exchange.HTTP_PATH, "/webhooks/" + source);
            exchange.getIn().setBody(body);
        });
    }

    static int status(Exchange answer) {
        assertThat(answer.getException()).isNull();
        return answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    }
}
