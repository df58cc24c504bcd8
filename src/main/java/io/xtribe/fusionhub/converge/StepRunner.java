package io.xtribe.fusionhub.converge;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.support.SynchronizationAdapter;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformStep;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.trace.LogFields;
import io.xtribe.fusionhub.trace.Trace;
import io.xtribe.fusionhub.trace.TracedExchange;
import io.xtribe.fusionhub.trace.Traces;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkMarks;

/** Carries a step through the route {@code converge-step}: what Camel holds on one side, the record on the other. */
public final class StepRunner {

    /** Exchange property with the step that must follow at once. */
    public static final String NEXT = "nextStep";

    /** Exchange property with the platform whose probe is to be asked. */
    public static final String PROBED = "probed";

    /** Exchange property with a failure of which the probe must tell how far it reaches. */
    public static final String UNCLEAR = "unclear";

    private static final Logger LOG = Logger.getLogger(StepRunner.class);

    private final Steps steps;
    private final StepFailures failures;
    private final StepPermits permits;
    private final Availability availability;
    private final WorkMarks work;

    public StepRunner(
            Steps steps, StepFailures failures, StepPermits permits, Availability availability, WorkMarks work) {
        this.steps = steps;
        this.failures = failures;
        this.permits = permits;
        this.availability = availability;
        this.work = work;
    }

    /** Begins: afterwards the body is the step as JSON. */
    public void begin(@Body Step step, @ExchangeProperty(Pass.PROPERTY) Pass pass, Exchange exchange) {
        pass.tried(step);
        exchange.removeProperty(NEXT);
        exchange.removeProperty(PlatformStep.REMARK);
        exchange.removeProperty(StepRun.RUN);
        var permit = permits.begin(step);
        exchange.setProperty(PlatformStep.PERMIT, permit);
        if (permit != null) {
            // However the branch ends: also when NATS is away, or when another step has followed that has no permit.
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    permit.close();
                }
            });
        }
        var trace = trace(step, pass);
        if (trace != Trace.NONE) {
            TracedExchange.carry(exchange, trace);
        }
        steps.begin(step).ifPresent(run -> run.traced(trace).enter(exchange));
    }

    private static Trace trace(Step step, Pass pass) {
        return Traces.isOn()
                ? Traces.begin(
                                step.description(),
                                Traces.Kind.INTERNAL,
                                pass.trace().header())
                        .with("fusion.correlation.id", step.incidentId())
                        .with("fusion.platform", step.platform())
                        .with("fusion.operation", step.operation().verb())
                : Trace.NONE;
    }

    private static LogFields fields(StepRun run) {
        return LogFields.with(Map.of(
                "correlationId",
                run.getCorrelationId(),
                "platform",
                run.getPlatform(),
                "routeId",
                run.route(),
                "traceId",
                run.trace().id()));
    }

    /** Takes the platform's answer, the body, into the record. */
    public void succeeded(@Body JsonNode answer, @ExchangeProperty(StepRun.RUN) StepRun run, Exchange exchange) {
        var fields = fields(run);
        try {
            take(answer, run, exchange);
        } finally {
            fields.close();
        }
        run.trace().end();
    }

    private void take(JsonNode answer, StepRun run, Exchange exchange) {
        var remark = exchange.getProperty(PlatformStep.REMARK, String.class);
        if (remark != null) {
            steps.note(run.step(), Rule.LESS_TEXT, remark);
        }
        steps.succeeded(run.made(), answer).ifPresent(next -> exchange.setProperty(NEXT, next));
    }

    /**
     * Takes a failure into the record; one of NATS itself ends the pass, which is taken up again. Where the platform's probe must tell
     * how far it reaches, the exchange property {@link #UNCLEAR} is there afterwards, and {@link #PROBED} names the platform that must be
     * asked, or is absent when it is paused already.
     */
    public void failed(
            @ExchangeProperty(Pass.PROPERTY) Pass pass, @ExchangeProperty(StepRun.RUN) StepRun run, Exchange exchange) {
        var caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (caught instanceof StoreUnavailableException unavailable) {
            throw unavailable;
        }
        noteTries(run, exchange);
        LOG.debugf(caught, "%s of %s failed", run.getOperation(), run.getCorrelationId());
        var failure = FailureClassifier.ofException(run.getPlatform(), caught);
        run.trace().failed(failure.kind().name());
        if (failures.mustAsk(run.step(), failure)
                || availability.of(run.getPlatform()).asksProbe()) {
            ask(new Unclear(run, failure), exchange);
            return;
        }
        var fields = fields(run);
        try {
            failures.failed(pass, run.made(), failure);
        } finally {
            fields.close();
        }
    }

    /** A create says in its remark how and why it was tried again, which counts if that has failed as well. */
    private void noteTries(StepRun run, Exchange exchange) {
        var remark = exchange.getProperty(PlatformStep.REMARK, String.class);
        if (remark != null && run.step().operation() == Operation.OPEN) {
            steps.note(run.step(), Rule.LESS_TEXT, remark);
        }
    }

    /** A step, and the failure of which the platform's probe tells how far it reaches. */
    private record Unclear(StepRun run, PlatformException failure) {}

    /** Each step asks for itself: an answer from before its failure proves nothing. */
    private void ask(Unclear unclear, Exchange exchange) {
        exchange.setProperty(UNCLEAR, unclear);
        // The probe is no part of the step: neither its deadline nor its permit is for it.
        exchange.removeProperty(StepRun.RUN);
        exchange.removeProperty(PlatformStep.PERMIT);
        var platform = unclear.run().getPlatform();
        var own = availability.of(platform);
        var isPaused = own.isPaused() || own.pausedByHand().isPresent();
        exchange.setProperty(PROBED, isPaused ? null : platform);
    }

    /** The platform's probe has told how far the failure reaches. */
    public void judged(@ExchangeProperty(Pass.PROPERTY) Pass pass, Exchange exchange) {
        var unclear = (Unclear) exchange.removeProperty(UNCLEAR);
        exchange.removeProperty(PROBED);
        exchange.setProperty(StepRun.RUN, unclear.run());
        var isAccepted = exchange.removeProperty(Probes.ACCEPTED) != null;
        var fields = fields(unclear.run());
        try {
            failures.judged(pass, unclear.run().made(), unclear.failure(), isAccepted)
                    .ifPresent(next -> exchange.setProperty(NEXT, next));
        } finally {
            fields.close();
        }
    }

    /** The last act of every branch: one that outlived its pass makes the incident due again, to be linked. */
    public void finished(@ExchangeProperty(Pass.PROPERTY) Pass pass) {
        if (pass.isOver()) {
            // The entry, where there still is one, keeps its more urgent lane.
            work.mark(pass.id(), WorkLane.FOLLOW_UP);
        }
    }
}
