package io.xtribe.fusionhub.console;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.job.JobCommand;
import io.xtribe.fusionhub.job.JobRequests;
import io.xtribe.fusionhub.job.JobRuns;
import io.xtribe.fusionhub.signal.SafeText;

/** Batch jobs: the runs of the last thirty days, and asking for one. Who runs it, such as Argo, listens on NATS. */
@Path("/api/jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {

    private static final int RUNS = 200;
    /** What goes into a command line of somebody else's. */
    private static final String PLAIN = "[A-Za-z0-9:.+-]{0,100}";

    private final JobRuns runs;
    private final JobRequests requests;
    private final Asker asker;

    public JobsResource(JobRuns runs, JobRequests requests, Asker asker) {
        this.runs = runs;
        this.requests = requests;
        this.asker = asker;
    }

    /** The last runs with their summaries, the newest first, and what was asked for and no run has taken up. */
    @GET
    public String list() {
        var answer = IncidentJson.mapper().createObjectNode();
        runs.recent(RUNS).forEach(answer.putArray("runs")::add);
        requests.notTakenUp().forEach(answer.putArray("notTakenUp")::add);
        return new String(IncidentJson.write(answer), StandardCharsets.UTF_8);
    }

    /** Asks for a job. */
    @POST
    @Path("{name}")
    public Response ask(@PathParam("name") String name, @Context HttpServerRequest http, String body) {
        if (!JobCommand.NAMES.contains(name)) {
            throw new NotFoundException(Refused.answer(
                    Response.Status.NOT_FOUND,
                    "there is no job " + SafeText.quoted(name) + ", known are "
                            + String.join(", ", new TreeSet<>(JobCommand.NAMES))));
        }
        var asked = read(body);
        var options = new HashMap<String, String>();
        asked.properties().forEach(member -> check(member, options));
        var request = requests.ask(name, asked.path("dryRun").asBoolean(false), options, asker.of(http));
        return Response.accepted(request.toString()).build();
    }

    private static JsonNode read(String body) {
        try {
            var read = IncidentJson.mapper().readTree(body == null || body.isBlank() ? "{}" : body);
            if (!read.isObject()) {
                throw refused("the body must be a JSON object");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw refused("the body is no JSON");
        }
    }

    private static void check(Map.Entry<String, JsonNode> member, Map<String, String> options) {
        var name = member.getKey();
        if (name.equals("dryRun")) {
            if (!member.getValue().isBoolean()) {
                throw refused("dryRun is true or false");
            }
            return;
        }
        if (!JobRequests.OPTIONS.contains(name)) {
            throw refused("unknown member " + SafeText.quoted(name) + ", known are dryRun, "
                    + String.join(", ", JobRequests.OPTIONS));
        }
        var value = member.getValue().isValueNode() ? member.getValue().asText() : "?";
        if (!value.matches(PLAIN)) {
            throw refused(name + " may hold letters, digits, and : . + - only, and 100 of them at most");
        }
        options.put(name, value);
    }

    private static BadRequestException refused(String why) {
        return new BadRequestException(Refused.answer(Response.Status.BAD_REQUEST, why));
    }
}
