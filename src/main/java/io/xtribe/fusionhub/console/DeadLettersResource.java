package io.xtribe.fusionhub.console;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.xtribe.fusionhub.deadletter.DeadLetterStream;
import io.xtribe.fusionhub.deadletter.StoredLetter;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.signal.InvalidSignalException;

/** Dead letters: what is kept, giving one to the hubs again, as it is or corrected, and throwing one away. */
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLettersResource {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final String NAME = "[a-z0-9_-]{0,64}";
    private static final Set<String> BULK = Set.of("source", "class", "since", "until", "limit", "rate", "dryRun");

    private final DeadLetterStream letters;
    private final LetterDesk desk;
    private final Asker asker;

    public DeadLettersResource(DeadLetterStream letters, LetterDesk desk, Asker asker) {
        this.letters = letters;
        this.desk = desk;
        this.asker = asker;
    }

    /**
     * The letters, the newest first, without their bodies.
     *
     * @param source only those of this platform
     * @param letterClass only those of this class
     * @param before only those that are older than the one with this id
     * @param limit how many at most, 1 to 500, by default 50
     */
    @GET
    public String list(
            @QueryParam("source") String source,
            @QueryParam("class") String letterClass,
            @QueryParam("before") String before,
            @QueryParam("limit") Integer limit) {
        var filter = new DeadLetterStream.Filter(name("source", source), name("class", letterClass));
        var wanted = Math.max(1, Math.min(limit == null ? DEFAULT_LIMIT : limit, MAX_LIMIT));
        var page = letters.page(filter, before == null || before.isBlank() ? 0 : number(before), wanted);
        var answer = IncidentJson.mapper().createObjectNode();
        answer.put("total", page.total());
        var list = answer.putArray("letters");
        page.found().forEach(letter -> list.add(node(letter)));
        if (page.before() > 0) {
            answer.put("before", Long.toString(page.before()));
        }
        return json(answer);
    }

    /** One letter with its body: as text, or in Base64 where it is none. */
    @GET
    @Path("{id}")
    public String one(@PathParam("id") String id) {
        var letter = find(id);
        var body = letters.body(letter);
        var node = node(letter).put("bodyTruncated", body.length < letter.bodyBytes());
        try {
            node.put(
                    "body",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString());
        } catch (CharacterCodingException e) {
            node.put("bodyBase64", Base64.getEncoder().encodeToString(body));
        }
        return json(node);
    }

    /** Gives it to the hubs again: as it is, or with the {@code body} that the request has, a text or a JSON object. */
    @POST
    @Path("{id}/replay")
    public Response replay(@PathParam("id") String id, @Context HttpServerRequest http, String body) {
        var asked = RequestBody.read(body, Set.of("body"));
        var letter = find(id);
        try {
            desk.replay(letter, asked.has("body") ? corrected(asked.path("body")) : null, asked("replay", http, asked));
        } catch (InvalidSignalException e) {
            throw RequestBody.refused("the body: " + e.getMessage());
        }
        return done("replayed", letter);
    }

    /** Gives many to the hubs again: the job {@code replay}, run in this hub. Its run is among {@code GET /api/jobs}. */
    @POST
    @Path("replay")
    public Response replayAll(@Context HttpServerRequest http, String body) {
        var asked = RequestBody.read(body, BULK);
        var run = desk.replayAll(
                new LetterDesk.Many(
                        name("source", asked.path("source").asText("")),
                        name("class", asked.path("class").asText("")),
                        moment(asked, "since"),
                        moment(asked, "until"),
                        number(asked, "limit", 0, Integer.MAX_VALUE),
                        number(asked, "rate", LetterDesk.DEFAULT_RATE, LetterDesk.MAX_RATE),
                        asked.path("dryRun").asBoolean(false)),
                asked("replay", http, asked));
        return Response.accepted(json(IncidentJson.mapper().createObjectNode().put("run", run)))
                .build();
    }

    /** Throws it away. */
    @POST
    @Path("{id}/discard")
    public Response discard(@PathParam("id") String id, @Context HttpServerRequest http, String body) {
        var asked = RequestBody.read(body, Set.of());
        var letter = find(id);
        desk.discard(letter, asked("discard", http, asked));
        return done("discarded", letter);
    }

    private Operator.Request asked(String verb, HttpServerRequest http, JsonNode body) {
        return new Operator.Request(verb, asker.of(http), RequestBody.reason(body));
    }

    private static Response done(String what, StoredLetter letter) {
        var answer = IncidentJson.mapper().createObjectNode();
        answer.put("id", Long.toString(letter.sequence())).put("outcome", what);
        return Response.accepted(json(answer)).build();
    }

    private static byte[] corrected(JsonNode body) {
        if (!body.isTextual() && !body.isObject()) {
            throw RequestBody.refused("body is a JSON object, or its text");
        }
        return (body.isTextual() ? body.asText() : body.toString()).getBytes(StandardCharsets.UTF_8);
    }

    private StoredLetter find(String id) {
        return letters.find(number(id))
                .orElseThrow(() -> new NotFoundException(Refused.answer(
                        Response.Status.NOT_FOUND,
                        "there is no such dead letter: it was replayed, discarded, or is older than 30 days")));
    }

    private static ObjectNode node(StoredLetter letter) {
        return IncidentJson.mapper()
                .createObjectNode()
                .put("id", Long.toString(letter.sequence()))
                .put("letter", letter.id())
                .put("source", letter.source())
                .put("content", letter.isSignal() ? "signal" : "webhook")
                .put("class", letter.letterClass())
                .put("reason", letter.reason())
                .put("remedy", letter.remedy())
                .put("time", letter.at().toString())
                .put("deliveries", letter.deliveries())
                .put("bodyBytes", letter.bodyBytes())
                .put("bodyTruncated", letter.isCut());
    }

    private static long number(String id) {
        if (!id.matches("[1-9][0-9]{0,17}")) {
            throw RequestBody.refused("the id of a dead letter is a number, as the list has it");
        }
        return Long.parseLong(id);
    }

    private static int number(JsonNode asked, String member, int otherwise, int most) {
        var given = asked.path(member);
        if (given.isMissingNode()) {
            return otherwise;
        }
        if (!given.canConvertToInt() || given.asInt() < 1 || given.asInt() > most) {
            throw RequestBody.refused(member + " is a number from 1 to " + most);
        }
        return given.asInt();
    }

    private static Instant moment(JsonNode asked, String member) {
        try {
            return asked.has(member) ? Instant.parse(asked.path(member).asText()) : null;
        } catch (DateTimeException e) {
            throw RequestBody.refused(member + " is a moment such as 2026-11-30T12:00:00Z");
        }
    }

    private static String name(String what, String given) {
        var name = given == null ? "" : given.strip();
        if (!name.matches(NAME)) {
            throw RequestBody.refused(what + " has small letters, digits, - and _ only");
        }
        return name;
    }

    private static String json(JsonNode node) {
        return new String(IncidentJson.write(node), StandardCharsets.UTF_8);
    }
}
