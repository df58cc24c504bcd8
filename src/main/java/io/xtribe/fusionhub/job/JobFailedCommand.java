package io.xtribe.fusionhub.job;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.xtribe.fusionhub.config.Causes;
import io.xtribe.fusionhub.config.HubConfiguration;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.nats.Publisher;
import io.xtribe.fusionhub.platform.PlatformCatalogue;

/** Tells on NATS that a job has failed: the exit handler of a scheduler, such as Argo, runs it. */
@Command(
        name = "job-failed",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Publishes on fusion.jobs.failed that a job has failed, for who runs jobs by a scheduler.")
public final class JobFailedCommand implements Callable<Integer> {

    @Option(names = "--job", required = true, description = "Its name")
    String job;

    @Option(names = "--run", required = true, description = "The scheduler's name of the run, such as a workflow's")
    String run;

    @Option(names = "--status", required = true, description = "The scheduler's word for how it ended")
    String status;

    @Option(names = "--by", description = "Who had asked for it")
    String by = "";

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        HubConfiguration.Values configuration;
        try {
            configuration = HubConfiguration.read(PlatformCatalogue::keys);
        } catch (HubConfiguration.Invalid e) {
            return failed(JobOutcome.USAGE, e.getMessage());
        }
        var nats = new NatsLink(configuration.hub().nats());
        try {
            nats.connect();
            new Publisher(nats).tellAndFlush(Names.JOBS_FAILED, message());
            return JobOutcome.DONE.code();
        } catch (IOException | IllegalStateException e) {
            return failed(JobOutcome.UNREACHABLE, "NATS: " + Causes.innermost(e));
        } finally {
            nats.close();
        }
    }

    private int failed(JobOutcome outcome, String why) {
        var err = spec.commandLine().getErr();
        err.println("fusion job-failed: " + why);
        err.flush();
        return outcome.code();
    }

    private byte[] message() {
        var event = IncidentJson.mapper().createObjectNode();
        event.put("specversion", "1.0")
                .put("id", UUID.randomUUID().toString())
                .put("source", "/fusion-hub")
                .put("type", "fusion.job.failed")
                .put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("datacontenttype", "application/json");
        event.putObject("data").put("job", job).put("run", run).put("status", status).put("by", by);
        return IncidentJson.write(event);
    }
}
