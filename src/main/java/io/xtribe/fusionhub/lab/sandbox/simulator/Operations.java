package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Takes each API call of one platform through the same steps: log it, count it against the limit, apply a planned fault, authenticate, let the
 * simulator work, answer after the configured latency. Runs on the sandbox's only event loop and never blocks it.
 */
public final class Operations {
    private final Vertx vertx;
    private final Router router;
    private final Simulator simulator;
    private final Settings settings;
    private final Faults faults;
    private final RateLimits limits;
    private final CallLog calls;

    public Operations(
            Vertx vertx,
            Router router,
            Simulator simulator,
            Settings settings,
            Faults faults,
            RateLimits limits,
            CallLog calls) {
        this.vertx = vertx;
        this.router = router;
        this.simulator = simulator;
        this.settings = settings;
        this.faults = faults;
        this.limits = limits;
        this.calls = calls;
    }

    /** An operation that changes nothing. */
    public void reads(HttpMethod method, String path, String operation, Function<Exchange, Answer> work) {
        router.route(method, path).handler(context -> handle(context, operation, false, true, work));
    }

    /** An operation that may change state, whether or not it is refused. */
    public void writes(HttpMethod method, String path, String operation, Function<Exchange, Answer> work) {
        router.route(method, path).handler(context -> handle(context, operation, true, true, work));
    }

    /** An operation without the platform's usual authentication, such as obtaining a token. */
    public void open(HttpMethod method, String path, String operation, Function<Exchange, Answer> work) {
        router.route(method, path).handler(context -> handle(context, operation, false, false, work));
    }

    /** Everything that no operation before it has taken. */
    public void otherwise(Function<Exchange, Answer> work) {
        router.route()
                .handler(context ->
                        handle(context, "unknown", context.request().method() != HttpMethod.GET, true, work));
    }

    private void handle(
            RoutingContext context,
            String operation,
            boolean write,
            boolean authenticated,
            Function<Exchange, Answer> work) {
        Call call = calls.arrived(
                simulator.platform(),
                operation,
                context.request().method().name(),
                context.request().path(),
                write);
        String path = context.request().path();
        Exchange exchange = new Exchange(
                context, call, calls::committed, () -> simulator.error(path, 400, "The body is not a JSON object"));
        Function<Exchange, Answer> guarded = authenticated
                ? asked -> {
                    simulator.authenticate(asked);
                    return work.apply(asked);
                }
                : work;
        RateLimits.Verdict verdict =
                limits.count(simulator.platform(), operation, context.request().getHeader("Authorization"));
        verdict.headers().forEach(context.response()::putHeader);
        if (verdict.refused()) {
            answerAfterLatency(context, call, simulator.error(path, 429, null), null);
            return;
        }
        Fault fault = faults.take(
                simulator.platform(),
                operation,
                context.request().path(),
                context.body().asString());
        if (fault == null) {
            answerAfterLatency(context, call, run(guarded, exchange), null);
        } else {
            misbehave(fault, context, call, () -> run(guarded, exchange));
        }
    }

    private void misbehave(Fault fault, RoutingContext context, Call call, Supplier<Answer> work) {
        switch (fault.kind) {
            case STATUS -> {
                if (fault.committed) {
                    work.get();
                }
                answerAfterLatency(
                        context,
                        call,
                        simulator
                                .error(context.request().path(), fault.status, null)
                                .with(fault.headers),
                        fault.body);
            }
            case RESET -> context.request().connection().close();
            case DROP -> {
                work.get();
                context.request().connection().close();
            }
            case HANG -> faults.keepUnanswered(context.request().connection(), context.response());
            case LATE -> {
                faults.keepUnanswered(context.request().connection(), context.response());
                long generation = faults.generation();
                vertx.setTimer(Math.max(1, (long) (fault.seconds * 1000)), timer -> {
                    if (generation == faults.generation()) {
                        work.get();
                    }
                });
            }
        }
    }

    private Answer run(Function<Exchange, Answer> work, Exchange exchange) {
        try {
            return work.apply(exchange);
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    private void answerAfterLatency(RoutingContext context, Call call, Answer answer, String otherBody) {
        long latency = settings.latencyMs(simulator.platform());
        if (latency <= 0) {
            answer(context, call, answer, otherBody);
        } else {
            vertx.setTimer(latency, timer -> answer(context, call, answer, otherBody));
        }
    }

    /** The time by the platform's clock, as every answer tells it. */
    private String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(settings.clockSeconds(simulator.platform())));
    }

    private void answer(RoutingContext context, Call call, Answer answer, String otherBody) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        call.answered(answer.status());
        response.setStatusCode(answer.status());
        response.putHeader("Date", date());
        if (!simulator.requestIdHeader().isEmpty()) {
            response.putHeader(simulator.requestIdHeader(), String.format("%012x", call.sequence));
        }
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            response.putHeader(header.getKey(), header.getValue());
        }
        if (answer.contentType() != null && !response.headers().contains("Content-Type")) {
            response.putHeader("Content-Type", answer.contentType());
        }
        if (otherBody != null) {
            response.end(otherBody);
        } else if (answer.body() != null) {
            response.end(Buffer.buffer(Json.bytes(answer.body())));
        } else {
            response.end();
        }
    }
}
