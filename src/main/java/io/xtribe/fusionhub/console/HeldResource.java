package io.xtribe.fusionhub.console;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.xtribe.fusionhub.console.HeldDesk.Selection;
import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.signal.SafeText;
import io.xtribe.fusionhub.upkeep.IncidentIndex;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Row;

/** What the storm brake holds, and what an operator does with it: docs/storm-brake.md. */
@Path("/api/triggers/held")
@Produces(MediaType.APPLICATION_JSON)
public class HeldResource {

    private static final int DEFAULT_LIMIT = 200;
    private static final int MAX_LIMIT = 5000;
    /** How many one request releases or discards: what is left is asked for again. */
    private static final int MOST = 2000;

    private static final String SOURCE = "source";
    private static final String PRIORITY = "priority";
    private static final String IDS = "ids";
    private static final Set<String> MEMBERS = Set.of(SOURCE, PRIORITY, IDS);

    private final HeldDesk desk;
    private final IncidentIndex index;
    private final Platforms platforms;
    private final Asker asker;

    public HeldResource(HeldDesk desk, IncidentIndex index, Platforms platforms, Asker asker) {
        this.desk = desk;
        this.index = index;
        this.platforms = platforms;
        this.asker = asker;
    }

    /**
     * How many are held, of each source and priority, and the incidents: the most urgent first, then the oldest.
     *
     * @param source only those of this platform
     * @param priority only those of this priority
     * @param offset how many of the list are passed over
     * @param limit how many are listed at most, 0 to 5000, by default 200
     */
    @GET
    public String list(
            @QueryParam(SOURCE) String source,
            @QueryParam(PRIORITY) String priority,
            @QueryParam("offset") Integer offset,
            @QueryParam("limit") Integer limit) {
        var rows = desk.held(new Selection(source(source), priority(priority), Set.of()));
        var first = Math.max(0, offset == null ? 0 : offset);
        var wanted = Math.max(0, Math.min(limit == null ? DEFAULT_LIMIT : limit, MAX_LIMIT));
        var answer = IncidentJson.mapper().createObjectNode();
        answer.put("held", rows.size()).put("complete", index.isComplete());
        var sources = answer.putArray("sources");
        bySource(rows).forEach((name, held) -> {
            var told = sources.addObject().put(SOURCE, name).put("held", held.size());
            var counts = told.putObject("priorities");
            byPriority(held).forEach((grade, count) -> counts.put(grade.name(), count));
            told.put(
                    "since",
                    held.stream()
                            .map(Row::heldSince)
                            .min(Instant::compareTo)
                            .orElseThrow()
                            .toString());
        });
        var list = answer.putArray("incidents");
        rows.stream().skip(first).limit(wanted).forEach(row -> list.addObject()
                .put("id", row.id())
                .put(SOURCE, row.origin())
                .put(PRIORITY, row.priority().name())
                .put("status", row.status().name())
                .put("title", row.title())
                .put("receivedAt", row.receivedAt().toString())
                .put("heldSince", row.heldSince().toString()));
        if (first + wanted < rows.size()) {
            answer.put("next", first + wanted);
        }
        return json(answer);
    }

    /** They are opened on the platforms, P1s first, and not held again. */
    @POST
    @Path("release")
    public Response release(@Context HttpServerRequest http, String body) {
        var asked = RequestBody.read(body, MEMBERS);
        return done("released", desk.release(selection(asked), asked("release", http, asked), MOST));
    }

    /** They are over for the hub, and nothing is opened anywhere. */
    @POST
    @Path("discard")
    public Response discard(@Context HttpServerRequest http, String body) {
        var asked = RequestBody.read(body, MEMBERS);
        return done("discarded", desk.discard(selection(asked), asked("discard", http, asked), MOST));
    }

    /** By mistake nobody releases all: a source, a priority or ids must be named. */
    private Selection selection(JsonNode asked) {
        var selection = new Selection(
                source(asked.path(SOURCE).asText("")),
                priority(asked.path(PRIORITY).asText("")),
                ids(asked.path(IDS)));
        if (selection.equals(Selection.ALL)) {
            throw RequestBody.refused("which ones? Name a source, a priority or ids");
        }
        return selection;
    }

    private String source(String given) {
        var name = given == null ? "" : given.strip();
        if (!name.isEmpty() && platforms.find(name).isEmpty()) {
            throw RequestBody.refused("source " + SafeText.quoted(name) + " takes no part");
        }
        return name;
    }

    private static Priority priority(String given) {
        var name = given == null ? "" : given.strip();
        if (name.isEmpty()) {
            return null;
        }
        return Priority.parse(name)
                .orElseThrow(() -> RequestBody.refused("priority " + SafeText.quoted(name) + " is none of P1 to P5"));
    }

    /** A list of texts, or one text with commas between. */
    private static Set<String> ids(JsonNode given) {
        var ids = new LinkedHashSet<String>();
        if (given.isArray()) {
            given.forEach(id -> ids.add(id.asText("")));
        } else if (!given.asText("").isBlank()) {
            ids.addAll(List.of(given.asText().strip().split("\\s*,\\s*")));
        }
        ids.stream().filter(id -> !CorrelationId.matches(id)).findFirst().ifPresent(id -> {
            throw RequestBody.refused(SafeText.quoted(id) + " is no id of an incident");
        });
        if (given.isArray() && ids.isEmpty()) {
            throw RequestBody.refused("ids names none");
        }
        return ids;
    }

    private Operator.Request asked(String verb, HttpServerRequest http, JsonNode body) {
        return new Operator.Request(verb, asker.of(http), RequestBody.reason(body));
    }

    private static Map<String, List<Row>> bySource(List<Row> rows) {
        var sources = new TreeMap<String, List<Row>>();
        rows.forEach(row ->
                sources.computeIfAbsent(row.origin(), any -> new ArrayList<>()).add(row));
        return sources;
    }

    private static Map<Priority, Integer> byPriority(List<Row> rows) {
        var counts = new EnumMap<Priority, Integer>(Priority.class);
        rows.forEach(row -> counts.merge(row.priority(), 1, Integer::sum));
        return counts;
    }

    private static Response done(String what, HeldDesk.Outcome outcome) {
        var answer = IncidentJson.mapper().createObjectNode();
        answer.put(what, outcome.done()).put("left", outcome.left());
        return Response.accepted(json(answer)).build();
    }

    private static String json(JsonNode node) {
        return new String(IncidentJson.write(node), StandardCharsets.UTF_8);
    }
}
