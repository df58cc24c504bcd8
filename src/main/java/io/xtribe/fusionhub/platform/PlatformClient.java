package io.xtribe.fusionhub.platform;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.metrics.Buckets;
import io.xtribe.fusionhub.metrics.Timers;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.availability.Lane;
import io.xtribe.fusionhub.platform.availability.OperatorPause;
import io.xtribe.fusionhub.platform.availability.Permit;
import io.xtribe.fusionhub.platform.availability.PlatformAvailability;
import io.xtribe.fusionhub.platform.availability.PlatformCall;
import io.xtribe.fusionhub.trace.Trace;
import io.xtribe.fusionhub.trace.Traces;

/**
 * What every request to one platform goes through: the observe gate, the platform's own threads, the deadline of its
 * step, the transport, and the metrics.
 */
final class PlatformClient implements AutoCloseable {

    /** What a request came to; {@code get} throws its failure, a {@link PlatformException} unless it is an Error. */
    interface Answered {
        JsonNode get();
    }

    private final Platform platform;
    private final Refusals refusals;
    private final Transport transport;
    private final LanePool pool;
    private final PlatformAvailability availability;
    private final boolean observe;
    private final Timer wait;
    private final Timers calls;

    PlatformClient(
            Platform platform,
            Transport transport,
            LanePool pool,
            PlatformAvailability availability,
            boolean observe,
            MeterRegistry metrics) {
        this.platform = platform;
        this.refusals = platform.refusals();
        this.transport = transport;
        this.pool = pool;
        this.availability = availability;
        this.observe = observe;
        this.wait = new Timers(
                        metrics,
                        "fusion.calls.wait",
                        "How long requests waited for one of the platform's connections",
                        List.of(),
                        "platform")
                .of(platform.name());
        this.calls = new Timers(
                metrics, "fusion.calls", "Requests to platforms", Buckets.CALL, "platform", "operation", "outcome");
    }

    /** A jq program, or the mapping file of that name in the vendor's folder. */
    Mapping mapping(String program) {
        return RequestSpec.isFile(program)
                ? Mapping.compile(program, platform.folder().text(program))
                : Mapping.compile(program, program);
    }

    /** What mappings see beside their input. */
    Mapping.Context context(JsonNode step) {
        return platform.context(step);
    }

    /**
     * Sends a request on one of the platform's own threads, and hands its outcome over there.
     *
     * @param step the step that it belongs to, or null
     * @param permit of that step, which pays for the call; null when it has none
     * @throws PlatformException when it is not sent at all: in observe mode, while the hub stops, or while the platform is paused by
     *     hand and the request belongs to no step that has begun
     */
    void send(PlatformRequest request, PlatformStep step, Permit permit, Consumer<Answered> whenDone) {
        if (observe && request.isWrite()) {
            throw new PlatformException(Kind.OBSERVED, wouldHave(step));
        }
        var pause = step == null ? availability.pausedByHand() : Optional.<OperatorPause>empty();
        if (pause.isPresent()) {
            throw new PlatformException(
                    Kind.NOT_STARTED, platform.name() + " is " + pause.get().words());
        }
        var admitted = System.nanoTime();
        try {
            pool.execute(lane(step), () -> whenDone.accept(outcome(request, step, permit, admitted)));
        } catch (RejectedExecutionException e) {
            throw new PlatformException(Kind.NOT_STARTED, "the hub stops, " + platform.name() + " was not called");
        }
    }

    private Answered outcome(PlatformRequest request, PlatformStep step, Permit permit, long admitted) {
        try {
            var answer = call(request, step, permit, admitted);
            return () -> answer;
        } catch (Error e) {
            return () -> {
                throw e;
            };
        } catch (Exception e) {
            var failure = FailureClassifier.ofException(platform.name(), e);
            return () -> {
                throw failure;
            };
        }
    }

    private JsonNode call(PlatformRequest request, PlatformStep step, Permit permit, long admitted) throws Exception {
        if (step != null && step.left().isNegative()) {
            throw new PlatformException(
                    Kind.NOT_STARTED, platform.name() + " was too busy: the call would have outlived its attempt");
        }
        var began = System.nanoTime();
        wait.record(began - admitted, TimeUnit.NANOSECONDS);
        var outcome = "ok";
        var requestId = new AtomicReference<>("");
        var operation = step == null ? "" : step.getOperation();
        var kind = step == null ? "" : operation + "/" + step.getPart();
        var spent = availability.call(permit, kind, request.method(), request.path());
        var trace = step == null
                ? Trace.NONE
                : Traces.begin(
                                request.method() + " " + platform.name(),
                                Traces.Kind.CLIENT,
                                step.trace().header())
                        .with("http.request.method", request.method())
                        .with("url.path", request.path())
                        .with("fusion.platform", platform.name());
        var current = trace.current();
        try {
            var answer = transport.send(request, headers -> {
                spent.told(headers);
                requestId.set(platform.requestId(headers));
            });
            refusals.inSuccess(200, answer, operation).ifPresent(failure -> {
                throw failure;
            });
            spent.answered();
            return answer;
        } catch (Exception e) {
            var failure = refusals.judged(FailureClassifier.ofException(platform.name(), e), operation);
            end(spent, failure, step == null ? "" : step.incidentId());
            outcome = outcome(failure);
            trace.failed(outcome);
            throw failure;
        } catch (Error e) {
            spent.failed();
            outcome = "failed";
            throw e;
        } finally {
            var took = System.nanoTime() - began;
            count(step, outcome, took);
            if (step != null) {
                step.called(new Timeline.Call(
                        request.method() + " " + request.path(),
                        outcome,
                        TimeUnit.NANOSECONDS.toMillis(took),
                        requestId.get()));
            }
            current.close();
            trace.end();
        }
    }

    private void end(PlatformCall call, PlatformException failure, String incidentId) {
        if (failure.isThrottled()) {
            call.throttled(incidentId);
        } else if (failure.isOutage()) {
            availability.said(failure.getMessage());
            call.failed(incidentId);
        } else {
            call.answered();
        }
    }

    private void count(PlatformStep step, String outcome, long nanos) {
        calls.of(platform.name(), step == null ? "maintenance" : step.getOperation(), outcome)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private String wouldHave(PlatformStep step) {
        return step == null
                ? "would have written to " + platform.name()
                : "would have " + done(step.getOperation()) + " " + platform.name() + " " + step.getPart();
    }

    /** For example {@code opened}, {@code closed}. */
    private static String done(String operation) {
        return operation + (operation.endsWith("e") ? "d" : "ed");
    }

    /** The status, or else for example {@code unknown-outcome}. */
    private static String outcome(PlatformException failure) {
        return failure.status() > 0
                ? String.valueOf(failure.status())
                : failure.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Lane lane(PlatformStep step) {
        return step == null ? Lane.LINKS : step.getLane();
    }

    @Override
    public void close() {
        pool.close();
        transport.close();
    }
}
