package io.xtribe.fusionhub.console;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.xtribe.fusionhub.incident.StoreUnavailableException;

/** Answers for the store while NATS is away: 503, ask again. */
public class StoreAway {

    private static final int RETRY_AFTER_SECONDS = 2;

    @ServerExceptionMapper
    public Response answer(StoreUnavailableException away) {
        return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .header("Retry-After", RETRY_AFTER_SECONDS)
                .type(MediaType.TEXT_PLAIN)
                .entity("NATS does not answer, ask again")
                .build();
    }
}
