package io.xtribe.fusionhub.job;

import java.util.Map;

import io.quarkus.runtime.Quarkus;
import org.apache.camel.quarkus.main.CamelMainApplication;

import io.xtribe.fusionhub.config.RunMode;
import io.xtribe.fusionhub.startup.StartProblem;

/** Runs a job as a process of its own: the application of the hub, without its HTTP server and without its consumers. */
final class JobProcess {

    private static final Map<String, String> SETTINGS = Map.of(
            // Nothing listens: several jobs and a hub share a host.
            "quarkus.http.host-enabled", "false",
            "quarkus.management.host-enabled", "false",
            // Standard output is the summary's.
            "quarkus.log.console.stderr", "true",
            "quarkus.log.level", "WARN",
            // It takes no webhooks in, whether they have secrets or not.
            "quarkus.log.category.\"io.xtribe.fusionhub.intake.WebhookEndpoint\".level", "ERROR",
            "camel.threads.virtual.enabled", "true");

    private JobProcess() {}

    /** Returns the exit code. */
    static int run(JobRequest request) {
        SETTINGS.forEach((key, value) -> System.setProperty(key, System.getProperty(key, value)));
        System.setProperty(RunMode.JOB, request.toJson());
        if (request.dryRun()) {
            // No call that writes is made, whatever a route does.
            System.setProperty("fusion.mode", "observe");
        }
        var problem = new StartProblem();
        Quarkus.run(CamelMainApplication.class, problem::report);
        return problem.failedToStart() ? JobOutcome.USAGE.code() : problem.exitCode();
    }
}
