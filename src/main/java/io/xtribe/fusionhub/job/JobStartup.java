package io.xtribe.fusionhub.job;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.camel.quarkus.main.events.AfterStart;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.Causes;
import io.xtribe.fusionhub.config.RunMode;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.nats.Provisioning;
import io.xtribe.fusionhub.upkeep.IncidentIndex;
import io.xtribe.fusionhub.upkeep.PlatformPauses;
import io.xtribe.fusionhub.work.WorkQueue;

/**
 * Runs the job that this process was started for, once Camel is up: connects to NATS, sends the run through the route {@code
 * job-<name>}, prints the summary and ends the process. In a hub it does nothing.
 */
@ApplicationScoped
class JobStartup {

    private static final Logger LOG = Logger.getLogger(JobStartup.class);
    private static final int CONNECT_TRIES = 5;
    private static final int INDEX_SECONDS = 60;

    private final RunMode mode;
    private final NatsLink nats;
    private final Provisioning provisioning;
    private final IncidentIndex index;
    private final PlatformPauses pauses;
    private final JobRuns runs;
    private final JobRequests requests;
    private final JobRunner runner;

    /** The work queue is asked for since it starts what hands out permits for calls. */
    JobStartup(
            RunMode mode,
            NatsLink nats,
            Provisioning provisioning,
            IncidentIndex index,
            PlatformPauses pauses,
            JobRuns runs,
            JobRequests requests,
            WorkQueue queue,
            JobRunner runner) {
        this.mode = mode;
        this.nats = nats;
        this.provisioning = provisioning;
        this.index = index;
        this.pauses = pauses;
        this.runs = runs;
        this.requests = requests;
        this.runner = runner;
    }

    void started(@Observes AfterStart event) {
        if (mode.isJob()) {
            var thread = new Thread(this::runAndEnd, "job");
            thread.start();
        }
    }

    private void runAndEnd() {
        var request = JobRequest.of(mode.job());
        var run = new JobRun(request, new Progress(System.err, request.progress(), System::nanoTime));
        try {
            runs.begun(run, this::connect);
            requests.taken(request.request());
            runner.check(run);
            awaitIndex();
            runner.run(run);
        } catch (JobFailure e) {
            run.failed(e.outcome(), e.getMessage());
            LOG.debug("The job cannot go on", e);
        } catch (Exception | Error e) {
            run.failed(JobOutcome.FAILED, Causes.innermost(e));
            LOG.error("The job failed", e);
        }
        run.progress().end();
        runs.ended(run);
        Quarkus.asyncExit(run.outcome().code());
    }

    private void connect() {
        for (var tries = 1; !nats.isConnected(); tries++) {
            try {
                nats.connect();
                provisioning.ensure();
                pauses.begin();
            } catch (IOException | IllegalStateException e) {
                if (tries == CONNECT_TRIES) {
                    throw new JobFailure(JobOutcome.UNREACHABLE, "NATS: " + Causes.innermost(e), e);
                }
                pause(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private void awaitIndex() throws IOException, InterruptedException {
        index.watch();
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(INDEX_SECONDS);
        while (!index.isComplete()) {
            if (System.nanoTime() > until) {
                throw new JobFailure(
                        JobOutcome.UNREACHABLE, "NATS did not list all incidents within " + INDEX_SECONDS + " s");
            }
            pause(10);
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static JobFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new JobFailure(JobOutcome.LATER, "the job was told to stop", e);
    }
}
