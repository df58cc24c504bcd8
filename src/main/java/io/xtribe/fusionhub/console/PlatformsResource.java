package io.xtribe.fusionhub.console;

import java.nio.charset.StandardCharsets;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.platform.availability.Availability;

/** Platforms, for people and scripts: whether each can be called by this hub, why not, and what waits for it. */
@Path("/api/platforms")
@Produces(MediaType.APPLICATION_JSON)
public class PlatformsResource {

    private final Availability availability;

    public PlatformsResource(Availability availability) {
        this.availability = availability;
    }

    /** Every platform, by name. */
    @GET
    public String list() {
        return new String(IncidentJson.write(availability.status()), StandardCharsets.UTF_8);
    }
}
