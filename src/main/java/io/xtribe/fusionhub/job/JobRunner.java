package io.xtribe.fusionhub.job;

import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultExchange;

import io.xtribe.fusionhub.config.Causes;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.platform.Platforms;

/** Sends a run through the route {@code job-<name>}. */
@Singleton
class JobRunner {

    private final Platforms platforms;
    private final CamelContext camel;

    JobRunner(Platforms platforms, CamelContext camel) {
        this.platforms = platforms;
        this.camel = camel;
    }

    /** @throws JobFailure with {@link JobOutcome#USAGE} when it is asked for something that does not exist */
    void check(JobRun run) {
        var platform = run.request().platform();
        if (!platform.isEmpty() && platforms.find(platform).isEmpty()) {
            throw new JobFailure(
                    JobOutcome.USAGE,
                    "--platform is '" + platform + "': use one of "
                            + platforms.all().stream().map(one -> one.name()).toList());
        }
    }

    /** Returns when the job has come to its end. */
    void run(JobRun run) throws Exception {
        var exchange = new DefaultExchange(camel);
        exchange.setProperty(JobRun.PROPERTY, run);
        exchange.getIn().setBody(run);
        try (var template = camel.createProducerTemplate()) {
            template.send("direct:job-" + run.request().job(), exchange);
        }
        if (exchange.getException() != null) {
            throw told(exchange.getException());
        }
    }

    private static Exception told(Exception failure) {
        return Causes.of(failure)
                .filter(cause -> cause instanceof JobFailure)
                .map(JobFailure.class::cast)
                .findFirst()
                .map(Exception.class::cast)
                .or(() -> Causes.of(failure)
                        .filter(StoreUnavailableException.class::isInstance)
                        .findFirst()
                        .map(lost -> new JobFailure(JobOutcome.UNREACHABLE, "NATS: " + lost.getMessage(), lost)))
                .orElse(failure);
    }
}
