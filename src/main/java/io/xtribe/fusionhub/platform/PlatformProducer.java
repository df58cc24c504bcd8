package io.xtribe.fusionhub.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Makes the request of a step, or one for each element of a list, and the message's new body out of what was answered. A
 * request that failed leaves the body as it was.
 */
final class PlatformProducer extends DefaultAsyncProducer {

    private final PlatformClient client;
    private final Mapping when;
    private final Mapping otherwise;
    private final Mapping each;
    /** Of a step that makes a request. */
    private final StepRequest request;
    /** Of a step that makes none. */
    private final Mapping mapping;

    /** @throws org.apache.camel.ExpressionIllegalSyntaxException when a mapping does not compile */
    PlatformProducer(Endpoint endpoint, PlatformClient client, RequestSpec spec) {
        super(endpoint);
        this.client = client;
        when = spec.when().isEmpty() ? null : client.mapping(spec.when());
        otherwise = spec.otherwise().isEmpty() ? null : client.mapping(spec.otherwise());
        each = spec.each().isEmpty() ? null : client.mapping(spec.each());
        request = spec.isMapping() ? null : new StepRequest(spec, client::mapping);
        mapping = spec.isMapping() ? client.mapping(spec.answer()) : null;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            if (begins(exchange, callback)) {
                return false;
            }
        } catch (Exception e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    /** Whether a request is under way now; otherwise the step is over. */
    private boolean begins(Exchange exchange, AsyncCallback callback) {
        var message = exchange.getMessage();
        var input = message.getBody() instanceof JsonNode node ? node : NullNode.getInstance();
        var context = client.context(exchange.getProperty(PlatformStep.VIEW, JsonNode.class));
        if (mapping != null) {
            message.setBody(mapping.apply(input, context));
            return false;
        }
        if (when != null && !isTrue(when.apply(input, context))) {
            if (otherwise != null) {
                message.setBody(otherwise.apply(input, context));
            }
            return false;
        }
        var requests = new StepRequests(client, request, context, exchange, () -> callback.done(false));
        return each == null ? requests.one(input) : requests.each(list(each.apply(input, context)));
    }

    private static boolean isTrue(JsonNode value) {
        return value != null && !value.isNull() && !value.equals(BooleanNode.FALSE);
    }

    private static ArrayNode list(JsonNode value) {
        if (value instanceof ArrayNode list) {
            return list;
        }
        throw new IllegalArgumentException("each yields " + value + ", which is no list");
    }
}
