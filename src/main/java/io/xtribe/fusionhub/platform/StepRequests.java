package io.xtribe.fusionhub.platform;

import java.util.Iterator;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.camel.Exchange;

import io.xtribe.fusionhub.platform.availability.Permit;

/**
 * The requests that one step makes, one after the other: each waits for its turn and counts by itself, and the first that
 * fails ends the step. The message gets its new body when all have ended.
 */
final class StepRequests {

    private final PlatformClient client;
    private final StepRequest request;
    private final Mapping.Context context;
    private final Exchange exchange;
    private final Runnable whenDone;
    private final ArrayNode answers = JsonNodeFactory.instance.arrayNode();
    private JsonNode answer;
    private boolean isList;
    private Iterator<JsonNode> inputs;

    /** @param whenDone run when all have ended, or one has failed, unless that happened while the first one was begun */
    StepRequests(
            PlatformClient client, StepRequest request, Mapping.Context context, Exchange exchange, Runnable whenDone) {
        this.client = client;
        this.request = request;
        this.context = context;
        this.exchange = exchange;
        this.whenDone = whenDone;
    }

    /** Begins the one request of a step. */
    boolean one(JsonNode input) {
        inputs = List.of(input).iterator();
        return beginNext();
    }

    /** Begins the first of several; whether there is any. */
    boolean each(ArrayNode elements) {
        isList = true;
        inputs = elements.iterator();
        return beginNext();
    }

    /** Begins the next one; whether there was any. */
    private boolean beginNext() {
        if (!inputs.hasNext()) {
            finish();
            return false;
        }
        var input = inputs.next();
        var remark = request.remarkOfTrying(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        if (!remark.isEmpty()) {
            exchange.setProperty(PlatformStep.REMARK, remark);
        }
        var seen = isList ? context.of(input) : context;
        client.send(
                request.of(input, seen),
                exchange.getProperty(PlatformStep.RUN, PlatformStep.class),
                exchange.getProperty(PlatformStep.PERMIT, Permit.class),
                call -> take(call, input, seen));
        return true;
    }

    private void take(PlatformClient.Answered call, JsonNode input, Mapping.Context seen) {
        try {
            answer = request.outcome(call, input, seen, remark -> exchange.setProperty(PlatformStep.REMARK, remark));
            answers.add(answer);
            if (beginNext()) {
                return;
            }
        } catch (Throwable e) {
            // Of an Error too the pass must hear, or it would wait for this step.
            exchange.setException(e);
        }
        whenDone.run();
    }

    private void finish() {
        exchange.getMessage().removeHeaders("*");
        if (!request.keepsBody()) {
            exchange.getMessage().setBody(isList ? request.collected(answers, context) : answer);
        }
    }
}
