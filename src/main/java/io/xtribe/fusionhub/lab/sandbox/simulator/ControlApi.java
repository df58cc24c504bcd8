package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The API under {@code /control} by which tests, the demo and people steer the sandbox. It is no vendor's and needs no
 * credentials, so the sandbox belongs on loopback. Reference with examples: docs/sandbox.md.
 *
 * <ul>
 *   <li>{@code POST /control/reset} clears state, faults, calls and webhooks; settings return to their defaults
 *   <li>{@code GET|PATCH /control/settings} shows and merges the switches
 *   <li>{@code GET|POST|DELETE /control/faults} lists, plans and clears faults
 *   <li>{@code GET /control/calls?platform=&operation=&after=}, {@code GET /control/counts}
 *   <li>{@code GET /control/records} all records in short
 *   <li>{@code POST /control/datadog/alerts}, {@code /control/datadog/incidents[/{id}]},
 *       {@code /control/servicenow/incidents[/{sys_id}]}, {@code /control/pagerduty/incidents[/{id}]}: what monitors
 *       and people do
 *   <li>{@code GET /control/webhooks}, {@code POST /control/webhooks/replay?platform=}
 * </ul>
 */
public final class ControlApi {
    private final Settings settings;
    private final Faults faults;
    private final RateLimits limits;
    private final CallLog calls;
    private final WebhookSender webhooks;
    private final List<Simulator> simulators;

    public ControlApi(
            Settings settings,
            Faults faults,
            RateLimits limits,
            CallLog calls,
            WebhookSender webhooks,
            List<Simulator> simulators) {
        this.settings = settings;
        this.faults = faults;
        this.limits = limits;
        this.calls = calls;
        this.webhooks = webhooks;
        this.simulators = simulators;
    }

    public void mount(Router router) {
        router.post("/reset").handler(this::reset);
        router.get("/settings").handler(context -> answer(context, 200, settings.toJson()));
        router.patch("/settings").handler(context -> {
            settings.merge(body(context));
            answer(context, 200, settings.toJson());
        });
        router.get("/faults").handler(context -> answer(context, 200, faults.toJson()));
        router.post("/faults").handler(this::plan);
        router.delete("/faults").handler(context -> {
            faults.clear();
            answer(context, 200, faults.toJson());
        });
        router.get("/calls")
                .handler(context -> answer(
                        context,
                        200,
                        calls.list(query(context, "platform"), query(context, "operation"), after(context))));
        router.get("/counts").handler(context -> answer(context, 200, calls.counts()));
        router.get("/records").handler(this::records);
        router.get("/webhooks").handler(context -> answer(context, 200, webhooks.toJson()));
        router.post("/webhooks/replay")
                .handler(context -> answer(
                        context,
                        202,
                        Json.object()
                                .put(
                                        "replayed",
                                        webhooks.replay(
                                                query(context, "platform"),
                                                body(context).path("count").asInt(1)))));
        for (Simulator simulator : simulators) {
            String base = "/" + simulator.platform().key() + "/:target";
            router.post(base).handler(context -> act(context, simulator, null));
            router.post(base + "/:id").handler(context -> act(context, simulator, context.pathParam("id")));
        }
        router.route().handler(context -> answer(context, 404, Json.object().put("error", "See docs/sandbox.md")));
        router.route().failureHandler(this::failed);
    }

    private void reset(RoutingContext context) {
        faults.reset();
        limits.clear();
        webhooks.clear();
        calls.clear();
        settings.reset();
        simulators.forEach(Simulator::reset);
        answer(context, 200, settings.toJson());
    }

    private void plan(RoutingContext context) {
        Fault fault = new Fault(body(context));
        faults.plan(fault);
        answer(context, 201, fault.toJson());
    }

    private void records(RoutingContext context) {
        var all = Json.object();
        simulators.forEach(simulator -> all.set(simulator.platform().key(), simulator.records()));
        answer(context, 200, all);
    }

    private void act(RoutingContext context, Simulator simulator, String id) {
        answer(context, id == null ? 201 : 200, simulator.act(context.pathParam("target"), id, body(context)));
    }

    /** A refusal by the simulator keeps its status and body; a request that makes no sense is a 400 with the reason. */
    private void failed(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof Refusal refusal) {
            answer(context, refusal.answer().status(), refusal.answer().body());
        } else if (failure instanceof IllegalArgumentException) {
            answer(context, 400, Json.object().put("error", failure.getMessage()));
        } else {
            answer(context, 500, Json.object().put("error", String.valueOf(failure)));
        }
    }

    private static JsonNode body(RoutingContext context) {
        Buffer buffer = context.body().buffer();
        if (buffer == null || buffer.length() == 0) {
            return Json.object();
        }
        try {
            return Json.parse(buffer.getBytes());
        } catch (IOException e) {
            throw new IllegalArgumentException("The body is not JSON: " + e.getMessage(), e);
        }
    }

    private static long after(RoutingContext context) {
        String sequence = query(context, "after");
        return sequence == null ? 0 : Long.parseLong(sequence);
    }

    private static String query(RoutingContext context, String name) {
        String value = context.request().getParam(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private static void answer(RoutingContext context, int status, JsonNode body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(Json.bytes(body == null ? Json.object() : body)));
    }
}
