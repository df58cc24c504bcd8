package io.xtribe.fusionhub.console;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.vertx.core.http.HttpServerRequest;
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
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.PlatformStatus;
import io.xtribe.fusionhub.signal.SafeText;
import io.xtribe.fusionhub.upkeep.PlatformPauses;

/**
 * Platforms, for people and scripts: whether each can be called by this hub, why not, and what waits for it; and pausing one by hand,
 * for all hubs.
 */
@Path("/api/platforms")
@Produces(MediaType.APPLICATION_JSON)
public class PlatformsResource {

    private final Availability availability;
    private final PlatformPauses pauses;
    private final Asker asker;

    public PlatformsResource(Availability availability, PlatformPauses pauses, Asker asker) {
        this.availability = availability;
        this.pauses = pauses;
        this.asker = asker;
    }

    /** Every platform, by name. */
    @GET
    public String list() {
        return json(availability.status());
    }

    /** Nothing is called there any more, by any hub. */
    @POST
    @Path("{name}/pause")
    public Response pause(@PathParam("name") String name, @Context HttpServerRequest http, String body) {
        var asked = RequestBody.read(body, Set.of());
        check(name);
        pauses.pause(name, asker.of(http), RequestBody.reason(asked));
        return accepted(name);
    }

    /** What waits for it goes on, in all hubs. */
    @POST
    @Path("{name}/resume")
    public Response resume(@PathParam("name") String name, @Context HttpServerRequest http, String body) {
        var asked = RequestBody.read(body, Set.of());
        check(name);
        pauses.resume(name, asker.of(http), RequestBody.reason(asked));
        return accepted(name);
    }

    private void check(String name) {
        if (!availability.has(name)) {
            throw new NotFoundException(Refused.answer(
                    Response.Status.NOT_FOUND,
                    "there is no platform " + SafeText.quoted(name) + ", known are "
                            + String.join(
                                    ", ",
                                    availability.status().stream()
                                            .map(PlatformStatus::platform)
                                            .toList())));
        }
    }

    private Response accepted(String name) {
        return Response.accepted(json(availability.of(name).status())).build();
    }

    private static String json(Object value) {
        return new String(IncidentJson.write(value), StandardCharsets.UTF_8);
    }
}
