package io.xtribe.fusionhub.console;

import java.util.Optional;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.xtribe.fusionhub.http.ShortBodies;

/** Refuses a request whose body was dropped as too long: what was asked for would be done without what was said about it. */
public class RefusedBodies {

    @ServerRequestFilter
    public Optional<Response> check(HttpServerRequest request) {
        if (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD) {
            return Optional.empty();
        }
        if (request.headers().contains("Transfer-Encoding")) {
            return Optional.of(Refused.answer(Response.Status.LENGTH_REQUIRED, "a body needs a Content-Length"));
        }
        var length = request.getHeader("Content-Length");
        return length == null || Long.parseLong(length.strip()) <= ShortBodies.limit(request.path())
                ? Optional.empty()
                : Optional.of(Refused.answer(
                        Response.Status.REQUEST_ENTITY_TOO_LARGE,
                        "a body has at most " + ShortBodies.limit(request.path()) + " bytes"));
    }
}
