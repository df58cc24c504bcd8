package io.xtribe.fusionhub.job;

import java.util.concurrent.atomic.AtomicReference;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.Causes;
import io.xtribe.fusionhub.incident.NotPossibleException;

/** Runs a job inside a hub, beside its work, one at a time. Its run is kept as one of a process is. */
@Singleton
public class JobsInHub {

    private static final Logger LOG = Logger.getLogger(JobsInHub.class);

    private final JobRunner runner;
    private final JobRuns runs;
    private final AtomicReference<JobRun> running = new AtomicReference<>();
    private volatile Thread thread;

    public JobsInHub(JobRunner runner, JobRuns runs) {
        this.runner = runner;
        this.runs = runs;
    }

    /**
     * Begins it and returns.
     *
     * @return the id of the run, by which {@link JobRuns} knows it
     * @throws NotPossibleException when this hub is running one
     */
    public String start(JobRequest request) {
        var run = new JobRun(request, new Progress(System.err, "none", System::nanoTime));
        var other = running.compareAndExchange(null, run);
        if (other != null) {
            throw new NotPossibleException(
                    "this hub is at a " + other.request().job() + " already, run " + other.id() + ": wait for its end");
        }
        try {
            runs.begun(run, () -> {});
            thread = new Thread(() -> runToEnd(run), "job-" + request.job());
            thread.setDaemon(true);
            thread.start();
        } catch (RuntimeException e) {
            running.set(null);
            throw e;
        }
        return run.id();
    }

    private void runToEnd(JobRun run) {
        try {
            runner.run(run);
        } catch (JobFailure e) {
            run.failed(e.outcome(), e.getMessage());
        } catch (Exception e) {
            run.failed(JobOutcome.FAILED, Causes.innermost(e));
            LOG.errorf(e, "The job %s failed, run %s", run.request().job(), run.id());
        } finally {
            runs.keep(run);
            running.set(null);
        }
    }

    @PreDestroy
    void stop() {
        var current = thread;
        if (current != null) {
            current.interrupt();
        }
    }
}
