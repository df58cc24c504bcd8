package io.xtribe.fusionhub.console.page;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.xtribe.fusionhub.job.JobCommand;
import io.xtribe.fusionhub.job.JobRequests;
import io.xtribe.fusionhub.job.JobRuns;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Platforms;

/** Batch jobs: recent runs, and asking for one. */
@Path("/jobs")
@Blocking
public class JobsPage {

    private static final int RUNS = 50;

    private final PageAnswer answer;
    private final JobRuns runs;
    private final JobRequests requests;
    private final Platforms platforms;

    JobsPage(PageAnswer answer, JobRuns runs, JobRequests requests, Platforms platforms) {
        this.answer = answer;
        this.runs = runs;
        this.requests = requests;
        this.platforms = platforms;
    }

    @GET
    public Response jobs() {
        return answer.of(this::page);
    }

    private TemplateInstance page() {
        return Templates.jobs(new JobsView(
                runs.recent(RUNS).stream().map(JobsView.Run::of).toList(),
                requests.notTakenUp().stream().map(JobsView.Request::of).toList(),
                JobCommand.NAMES.stream().sorted().toList(),
                platforms.all().stream().map(Platform::name).toList()));
    }
}
