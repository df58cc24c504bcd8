package io.xtribe.fusionhub.explain;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

import io.xtribe.fusionhub.conformance.CaseAnswers;
import io.xtribe.fusionhub.converge.Pass;
import io.xtribe.fusionhub.converge.StepRun;
import io.xtribe.fusionhub.converge.StepRunner;
import io.xtribe.fusionhub.explain.Explanation.RequestTold;
import io.xtribe.fusionhub.incident.Step;

/** The hub's own runner of steps, in the place of which it stands in routes; beside that it keeps what each step came to. */
public final class RehearsedRunner {

    /** A step, while it is under way and when it is over. */
    static final class Run {
        final Step step;
        final String route;
        final List<RequestTold> requests = new ArrayList<>();
        Throwable failure;

        Run(Step step, String route) {
            this.step = step;
            this.route = route;
        }
    }

    private final StepRunner runner;
    private final CaseAnswers answers;
    private final List<Run> runs = new ArrayList<>();

    RehearsedRunner(StepRunner runner, CaseAnswers answers) {
        this.runner = runner;
        this.answers = answers;
    }

    /** The steps since this was asked last. */
    synchronized List<Run> taken() {
        var taken = List.copyOf(runs);
        runs.clear();
        return taken;
    }

    /** A request was made for the step under way. */
    synchronized void asked(RequestTold request) {
        if (!runs.isEmpty()) {
            runs.get(runs.size() - 1).requests.add(request);
        }
    }

    /** For routes. */
    public void begin(@Body Step step, @ExchangeProperty("pass") Pass pass, Exchange exchange) {
        runner.begin(step, pass, exchange);
        var run = exchange.getProperty(StepRun.RUN, StepRun.class);
        if (run != null) {
            synchronized (this) {
                runs.add(new Run(step, run.route()));
            }
            answers.begin(run.route(), run.view());
        }
    }

    /** For routes. */
    public void succeeded(@Body JsonNode answer, @ExchangeProperty(StepRun.RUN) StepRun run, Exchange exchange) {
        runner.succeeded(answer, run, exchange);
    }

    /** For routes. */
    public void failed(
            @ExchangeProperty("pass") Pass pass, @ExchangeProperty(StepRun.RUN) StepRun run, Exchange exchange) {
        synchronized (this) {
            if (!runs.isEmpty()) {
                runs.get(runs.size() - 1).failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            }
        }
        runner.failed(pass, run, exchange);
    }

    /** For routes. */
    public void judged(@ExchangeProperty("pass") Pass pass, Exchange exchange) {
        runner.judged(pass, exchange);
    }

    /** For routes. */
    public void finished(@ExchangeProperty("pass") Pass pass) {
        runner.finished(pass);
    }
}
