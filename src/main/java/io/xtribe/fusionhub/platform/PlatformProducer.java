package io.xtribe.fusionhub.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Makes the request of a step, and the message's new body out of its answer. A failed request leaves the body as it was. */
final class PlatformProducer extends DefaultAsyncProducer {

    private final PlatformClient client;
    private final RequestSpec spec;
    private final Template path;
    private final Template query;
    private final Mapping body;
    private final Mapping answer;

    /** @throws org.apache.camel.ExpressionIllegalSyntaxException when a mapping does not compile */
    PlatformProducer(Endpoint endpoint, PlatformClient client, RequestSpec spec) {
        super(endpoint);
        this.client = client;
        this.spec = spec;
        path = new Template(spec.path(), client::mapping);
        query = new Template(spec.query(), client::mapping);
        body = spec.body().isEmpty() ? null : client.mapping(spec.body());
        answer =
                spec.answer().isEmpty() || spec.answer().equals(RequestSpec.RAW) ? null : client.mapping(spec.answer());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            var input = json(exchange.getMessage().getBody());
            var step = exchange.getProperty(PlatformStep.VIEW, JsonNode.class);
            if (spec.isMapping()) {
                exchange.getMessage().setBody(answer.apply(input, client.context(step)));
            } else {
                client.send(request(input, step), exchange.getProperty(PlatformStep.RUN, PlatformStep.class), call -> {
                    finish(exchange, step, call);
                    callback.done(false);
                });
                return false;
            }
        } catch (Exception e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    private PlatformRequest request(JsonNode input, JsonNode step) {
        var context = client.context(step);
        return new PlatformRequest(
                spec.method(),
                path.fill(input, context),
                query.fill(input, context),
                body == null ? null : body.apply(input, context));
    }

    private void finish(Exchange exchange, JsonNode step, PlatformClient.Answered call) {
        try {
            var answered = call.get();
            exchange.getMessage().removeHeaders("*");
            if (answer != null) {
                exchange.getMessage().setBody(answer.apply(answered, client.context(step)));
            } else if (spec.answer().equals(RequestSpec.RAW)) {
                exchange.getMessage().setBody(answered);
            }
        } catch (Throwable e) {
            // Of an Error too the pass must hear, or it would wait for this step.
            exchange.setException(e);
        }
    }

    private static JsonNode json(Object body) {
        return body instanceof JsonNode node ? node : NullNode.getInstance();
    }
}
