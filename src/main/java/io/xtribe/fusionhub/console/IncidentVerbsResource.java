package io.xtribe.fusionhub.console;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.xtribe.fusionhub.console.Operator.Request;
import io.xtribe.fusionhub.incident.Change;
import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.signal.SafeText;

/**
 * What an operator does with one incident by hand. Each takes a JSON object, which may be left out where nothing in it is
 * needed, and answers 202 with the incident's new state; docs/operating.md describes them.
 */
@Path("/api/incidents/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class IncidentVerbsResource {

    private static final int ID_LIMIT = 2_000;
    private static final String PLATFORM = "platform";
    private static final String PART = "part";

    private final Operator operator;
    private final IncidentStore store;
    private final Platforms platforms;
    private final Asker asker;

    public IncidentVerbsResource(Operator operator, IncidentStore store, Platforms platforms, Asker asker) {
        this.operator = operator;
        this.store = store;
        this.platforms = platforms;
        this.asker = asker;
    }

    /** What was rejected is tried again now. */
    @POST
    @Path("retry")
    public Response retry(@PathParam("id") String id, @Context HttpServerRequest http, String body) {
        return written("retry", id, http, body, Incident::retried);
    }

    /** Looks now whether something is left to do. */
    @POST
    @Path("converge")
    public Response converge(@PathParam("id") String id, @Context HttpServerRequest http, String body) {
        var asked = RequestBody.read(body, Set.of());
        return accepted(operator.change(find(id), asked("converge", http, asked), Incident::toConverge));
    }

    /** What went back and forth, and was frozen, is written again. */
    @POST
    @Path("unfreeze")
    public Response unfreeze(@PathParam("id") String id, @Context HttpServerRequest http, String body) {
        return written("unfreeze", id, http, body, Incident::unfreezing);
    }

    /** It is over, on all platforms. */
    @POST
    @Path("close")
    public Response close(@PathParam("id") String id, @Context HttpServerRequest http, String body) {
        return written("close", id, http, body, Incident::closed);
    }

    /** This record, named by {@code id} or by the {@code url} of its page, is the one. */
    @POST
    @Path("attach")
    public Response attach(@PathParam("id") String id, @Context HttpServerRequest http, String body) {
        var asked = RequestBody.read(body, Set.of(PLATFORM, PART, "id", "url"));
        var incident = find(id);
        var platform = platform(asked);
        var part = part(asked, platform);
        var record = record(asked, platform, part);
        return accepted(operator.attach(incident, asked("attach", http, asked), platform.name(), part, record));
    }

    /** The record of that platform is not the one. */
    @POST
    @Path("detach")
    public Response detach(@PathParam("id") String id, @Context HttpServerRequest http, String body) {
        var asked = RequestBody.read(body, Set.of(PLATFORM, PART));
        var incident = find(id);
        var platform = platform(asked);
        return accepted(
                operator.detach(incident, asked("detach", http, asked), platform.name(), part(asked, platform)));
    }

    /** Opens it on a platform where it has no record. */
    @POST
    @Path("open")
    public Response open(@PathParam("id") String id, @Context HttpServerRequest http, String body) {
        var asked = RequestBody.read(body, Set.of(PLATFORM, PART));
        var incident = find(id);
        var platform = platform(asked);
        var part = part(asked, platform);
        return accepted(operator.write(
                incident, asked("open", http, asked), current -> current.opening(platform.name(), part)));
    }

    /** A change that takes nothing but its reason. */
    private Response written(
            String verb, String id, HttpServerRequest http, String body, Function<Incident, Change> change) {
        var asked = RequestBody.read(body, Set.of());
        return accepted(operator.write(find(id), asked(verb, http, asked), change));
    }

    private Incident find(String id) {
        return Optional.of(id)
                .filter(CorrelationId::matches)
                .flatMap(store::find)
                .orElseThrow(() ->
                        new NotFoundException(Refused.answer(Response.Status.NOT_FOUND, "there is no such incident")))
                .incident();
    }

    private Request asked(String verb, HttpServerRequest http, JsonNode body) {
        return new Request(verb, asker.of(http), RequestBody.reason(body));
    }

    private Platform platform(JsonNode body) {
        var name = text(body, PLATFORM);
        return platforms
                .find(name)
                .orElseThrow(() -> RequestBody.refused("platform " + SafeText.quoted(name)
                        + " takes no part, known are "
                        + String.join(
                                ", ",
                                platforms.all().stream().map(Platform::name).toList())));
    }

    private static String part(JsonNode body, Platform platform) {
        var parts = platform.profile().parts();
        var name = text(body, PART);
        if (name.isEmpty() && parts.size() == 1) {
            return parts.get(0);
        }
        if (!parts.contains(name)) {
            throw RequestBody.refused("part " + SafeText.quoted(name) + " is none of " + platform.name()
                    + "'s, known are " + String.join(", ", parts));
        }
        return name;
    }

    private static String record(JsonNode body, Platform platform, String part) {
        var id = text(body, "id").strip();
        var url = text(body, "url").strip();
        if (id.isEmpty() == url.isEmpty() || id.length() + url.length() > ID_LIMIT) {
            throw RequestBody.refused("the record is named by id or by url, one of them");
        }
        return id.isEmpty()
                ? platform.descriptor()
                        .records()
                        .idIn(part, url)
                        .orElseThrow(() -> RequestBody.refused("the url does not tell the id of a " + platform.name()
                                + " " + part + ": name the record by id, as its API has it"))
                : id;
    }

    private static String text(JsonNode body, String member) {
        return body.path(member).asText("");
    }

    private static Response accepted(Incident incident) {
        return Response.accepted(new String(IncidentJson.write(incident), StandardCharsets.UTF_8))
                .build();
    }
}
