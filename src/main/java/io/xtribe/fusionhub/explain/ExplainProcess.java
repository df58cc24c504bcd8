package io.xtribe.fusionhub.explain;

import java.util.Map;

import io.quarkus.runtime.Quarkus;
import org.apache.camel.quarkus.main.CamelMainApplication;

import io.xtribe.fusionhub.config.RunMode;
import io.xtribe.fusionhub.startup.StartProblem;

/** Explains in a process of its own: the application of the hub, in which nothing listens and no route is started. */
final class ExplainProcess {

    private static final Map<String, String> SETTINGS = Map.of(
            "quarkus.http.host-enabled", "false",
            "quarkus.management.host-enabled", "false",
            // Standard output is the explanation's.
            "quarkus.log.console.stderr", "true",
            "quarkus.log.level", "WARN",
            // It takes no webhooks in, whether they have secrets or not.
            "quarkus.log.category.\"io.xtribe.fusionhub.intake.WebhookEndpoint\".level", "ERROR",
            // No platform is called: neither for lists nor for who may speak.
            "camel.main.auto-startup", "false",
            "camel.threads.virtual.enabled", "true",
            // Whatever a route does.
            "fusion.mode", "observe");

    private ExplainProcess() {}

    /** Returns the exit code. */
    static int run(ExplainRequest request) {
        SETTINGS.forEach((key, value) -> System.setProperty(key, System.getProperty(key, value)));
        System.setProperty(RunMode.EXPLAIN, request.toJson());
        var problem = new StartProblem();
        Quarkus.run(CamelMainApplication.class, problem::report);
        return problem.failedToStart() ? ExplainRequest.NOT_EXPLAINED : problem.exitCode();
    }
}
