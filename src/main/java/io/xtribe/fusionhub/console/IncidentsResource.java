package io.xtribe.fusionhub.console;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.upkeep.IncidentIndex;
import io.xtribe.fusionhub.upkeep.PageWatch;

/** Incidents, for people and scripts: what should be true, what each platform holds, and how it came about. */
@Path("/api/incidents")
@Produces(MediaType.APPLICATION_JSON)
public class IncidentsResource {

    private static final int DEFAULT_LIMIT = 200;
    private static final int MAX_LIMIT = 5000;

    /**
     * One incident with its story.
     *
     * @param incident the record
     * @param timeline oldest first
     */
    public record Story(Incident incident, List<Timeline.Entry> timeline) {}

    private final IncidentIndex index;
    private final IncidentStore store;
    private final Timeline timeline;
    private final PageWatch pageWatch;

    public IncidentsResource(IncidentIndex index, IncidentStore store, Timeline timeline, PageWatch pageWatch) {
        this.index = index;
        this.store = store;
        this.timeline = timeline;
        this.pageWatch = pageWatch;
    }

    /**
     * The tracked incidents: those that should have been paged and are not, then the newest first.
     *
     * @param limit how many at most, 1 to 5000, by default 200
     */
    @GET
    public String list(@QueryParam("limit") Integer limit) {
        var unpaged = pageWatch.unpaged();
        var ids = unpaged.stream().map(IncidentIndex.Row::id).collect(Collectors.toSet());
        var rest = index.rows().stream()
                .filter(row -> !ids.contains(row.id()))
                .sorted(Comparator.comparing(IncidentIndex.Row::receivedAt).reversed());
        var wanted = Math.max(1, Math.min(limit == null ? DEFAULT_LIMIT : limit, MAX_LIMIT));
        return json(Stream.concat(unpaged.stream(), rest).limit(wanted).toList());
    }

    /** One incident: record, references and timeline. */
    @GET
    @Path("/{id}")
    public String one(@PathParam("id") String id) {
        // Nothing else is asked of the store, whose keys have rules of their own.
        var found = Optional.of(id)
                .filter(CorrelationId::matches)
                .flatMap(store::find)
                .orElseThrow(() -> new NotFoundException("there is no such incident"));
        return json(new Story(found.incident(), timeline.read(id)));
    }

    private static String json(Object value) {
        return new String(IncidentJson.write(value), StandardCharsets.UTF_8);
    }
}
