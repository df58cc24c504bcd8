package io.xtribe.fusionhub.console.page;

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

/** The platforms: whether this hub can call each of them, why not, and what waits for it. */
@Path("/platforms")
@Blocking
public class PlatformsPage {

    private final PageAnswer answer;
    private final Availability availability;
    private final Platforms platforms;
    private final Polls polls;

    PlatformsPage(PageAnswer answer, Availability availability, Platforms platforms, Polls polls) {
        this.answer = answer;
        this.availability = availability;
        this.platforms = platforms;
        this.polls = polls;
    }

    @GET
    public Response platforms() {
        return answer.of(this::page);
    }

    private TemplateInstance page() {
        return Templates.platforms(
                availability.status().stream().map(this::view).toList());
    }

    private PlatformView view(PlatformStatus status) {
        return new PlatformView(
                status,
                platforms.title(status.platform()),
                RecordCell.reason(status),
                Stream.of(Lane.values())
                        .map(lane -> new PlatformView.Lane(
                                lane.label(), status.queue().getOrDefault(lane.label(), 0)))
                        .toList(),
                polls(status.platform()),
                platforms.broken().getOrDefault(status.platform(), ""));
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
