package io.xtribe.fusionhub.console;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.xtribe.fusionhub.incident.NotPossibleException;
import io.xtribe.fusionhub.platform.PlatformException;

/** Answers for what an operator asked for and did not get, with the reason: 409; 503 where the platform may do it later. */
public class Refused {

    @ServerExceptionMapper
    public Response answer(NotPossibleException refused) {
        return answer(Response.Status.CONFLICT, refused.getMessage());
    }

    /** A platform was asked first. */
    @ServerExceptionMapper
    public Response answer(PlatformException failed) {
        return answer(
                failed.isRefusal() ? Response.Status.CONFLICT : Response.Status.SERVICE_UNAVAILABLE,
                failed.getMessage());
    }

    static Response answer(Response.Status status, String why) {
        return Response.status(status)
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                .entity(why)
                .build();
    }
}
