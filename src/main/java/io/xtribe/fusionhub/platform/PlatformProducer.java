package io.xtribe.fusionhub.platform;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

import io.xtribe.fusionhub.platform.availability.Permit;

/** Makes the request of a step, and the message's new body out of its answer. A failed request leaves the body as it was. */
final class PlatformProducer extends DefaultAsyncProducer {

    private final PlatformClient client;
    private final RequestSpec spec;
    private final Template path;
    private final Template query;
    private final Mapping body;
    private final Mapping answer;
    private final JsonPointer expected;

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
        expected = spec.expects().isEmpty() ? null : JsonPointer.compile(spec.expects());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            var input = json(exchange.getMessage().getBody());
            var step = exchange.getProperty(PlatformStep.VIEW, JsonNode.class);
            if (spec.isMapping()) {
                exchange.getMessage().setBody(answer.apply(input, client.context(step)));
            } else {
                client.send(
                        request(input, step),
                        exchange.getProperty(PlatformStep.RUN, PlatformStep.class),
                        exchange.getProperty(PlatformStep.PERMIT, Permit.class),
                        call -> {
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
            requireExpected(answered);
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

    /** Whatever stands in front of a platform may have answered in its stead: then nobody knows what was done. */
    private void requireExpected(JsonNode answered) {
        if (expected != null) {
            var place = answered.at(expected);
            if (place.isMissingNode() || place.isNull()) {
                throw new IllegalArgumentException(spec.method() + " was answered without " + spec.expects());
            }
        }
    }

    private static JsonNode json(Object body) {
        return body instanceof JsonNode node ? node : NullNode.getInstance();
    }
}
