package io.xtribe.fusionhub.console.page;

import java.time.Duration;
import java.util.stream.Collectors;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.upkeep.IncidentIndex;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Row;
import io.xtribe.fusionhub.upkeep.PageWatch;

/** The board of incidents. */
@Path("/")
@Blocking
public class BoardPage {

    /** A change that has not reached all platforms by then is shown as trouble. */
    private static final long LATE = Duration.ofMinutes(1).toNanos();

    private final PageAnswer answer;
    private final BoardReader reader;
    private final IncidentIndex index;
    private final PageWatch pageWatch;
    private final Platforms platforms;
    private final boolean observe;

    BoardPage(
            PageAnswer answer,
            BoardReader reader,
            IncidentIndex index,
            PageWatch pageWatch,
            Platforms platforms,
            FusionConfig config) {
        this.answer = answer;
        this.reader = reader;
        this.index = index;
        this.pageWatch = pageWatch;
        this.platforms = platforms;
        this.observe = config.mode() == FusionConfig.Mode.OBSERVE;
    }

    /**
     * The incidents, page by page; what is wrong in the query counts as not said.
     *
     * @param status see {@link BoardQuery}
     * @param text what to search for
     */
    @GET
    public Response board(
            @QueryParam("status") String status,
            @QueryParam("priority") String priority,
            @QueryParam("trouble") String trouble,
            @QueryParam("q") String text,
            @QueryParam("page") String page) {
        return answer.of(() -> board(BoardQuery.of(status, priority, trouble, text, page)));
    }

    private TemplateInstance board(BoardQuery query) {
        var mark = ChangesResource.mark(index);
        var unpaged = pageWatch.unpaged().stream().map(Row::id).collect(Collectors.toSet());
        var now = System.nanoTime();
        var board = Board.of(index.rows(), unpaged, row -> unpaged.contains(row.id()) || isTroubled(row, now), query);
        return Templates.board(new BoardView(
                query,
                reader.rows(board.rows(), row -> unpaged.contains(row.id())),
                board.matching(),
                board.page(),
                board.pages(),
                board.active(),
                board.troubled(),
                unpaged.size(),
                (int) index.rows().stream().filter(Row::isHeld).count(),
                index.isComplete(),
                observe,
                platforms.all().stream()
                        .map(Platform::name)
                        .map(name -> new BoardView.Column(name, platforms.title(name)))
                        .toList(),
                mark));
    }

    private boolean isTroubled(Row row, long now) {
        return row.isHeld()
                || !row.refused().isEmpty()
                || !observe && !row.settled() && row.status() != Status.RESOLVED && now - row.seenAt() > LATE;
    }
}
