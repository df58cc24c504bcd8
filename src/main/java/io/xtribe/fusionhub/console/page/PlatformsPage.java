package io.xtribe.fusionhub.console.page;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.Lane;
import io.xtribe.fusionhub.platform.availability.PlatformStatus;
import io.xtribe.fusionhub.poll.Polls;
import io.xtribe.fusionhub.work.WorkQueue;

/** The platforms: whether this hub can call each of them, why not, and what waits for it. */
@Path("/platforms")
@Blocking
public class PlatformsPage {

    private final PageAnswer answer;
    private final Availability availability;
    private final Platforms platforms;
    private final Polls polls;
    private final WorkQueue work;

    PlatformsPage(PageAnswer answer, Availability availability, Platforms platforms, Polls polls, WorkQueue work) {
        this.answer = answer;
        this.availability = availability;
        this.platforms = platforms;
        this.polls = polls;
        this.work = work;
    }

    @GET
    public Response platforms() {
        return answer.of(this::page);
    }

    private TemplateInstance page() {
        return Templates.platforms(new PlatformsView(
                availability.status().stream().map(this::view).toList(),
                work.waiting(),
                work.inFlight(),
                Ages.words(work.oldestDue())));
    }

    private PlatformView view(PlatformStatus status) {
        return new PlatformView(
                status,
                platforms.title(status.platform()),
                RecordCell.reason(status),
                Stream.of(Lane.values()).map(lane -> lane(status, lane.label())).toList(),
                polls(status.platform()),
                platforms.broken().getOrDefault(status.platform(), ""));
    }

    private static PlatformView.Lane lane(PlatformStatus status, String lane) {
        var oldest = status.lagMillis().get(lane);
        return new PlatformView.Lane(
                lane,
                status.queue().getOrDefault(lane, 0),
                oldest == null ? "" : Ages.words(Duration.ofMillis(oldest)));
    }

    private List<PlatformView.Poll> polls(String platform) {
        return polls.reports().stream()
                .filter(poll -> poll.platform().equals(platform))
                .map(poll -> new PlatformView.Poll(
                        poll.poll(),
                        Ages.words(poll.sinceRound()),
                        poll.failures() == 0 ? "" : "not read " + poll.failures() + " times: " + poll.trouble()))
                .toList();
    }
}
