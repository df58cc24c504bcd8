package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;

/** PagerDuty's classic pagination: limit, offset, more, and a total that stays null unless asked for. */
final class Pages {
    private static final int DEFAULT_LIMIT = 25;
    private static final int HIGHEST_LIMIT = 100;
    private static final int FURTHEST = 10_000;

    private Pages() {}

    static int limit(Exchange call) {
        return Math.min(HIGHEST_LIMIT, call.number("limit", DEFAULT_LIMIT, () -> bad("limit")));
    }

    static int offset(Exchange call) {
        int offset = call.number("offset", 0, () -> bad("offset"));
        if (offset + limit(call) > FURTHEST) {
            throw PagerDutyErrors.arguments("Offset must be less than or equal to 10000");
        }
        return offset;
    }

    private static Answer bad(String name) {
        return PagerDutyErrors.answer(400, 2002, "Arguments Caused Error", "Invalid " + name);
    }

    static ObjectNode add(ObjectNode answer, int limit, int offset, int total, Exchange call) {
        answer.put("limit", limit).put("offset", offset).put("more", offset + limit < total);
        if ("true".equals(call.query("total"))) {
            return answer.put("total", total);
        }
        return answer.putNull("total");
    }
}
