package io.xtribe.fusionhub.console;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.xtribe.fusionhub.FusionConfig;

/** Lets in this host itself, and from elsewhere whoever has the token; without a configured token nobody. */
public class ApiAccess {

    private final FusionConfig config;

    public ApiAccess(FusionConfig config) {
        this.config = config;
    }

    @ServerRequestFilter
    public Optional<Response> check(ContainerRequestContext context, HttpServerRequest request)
            throws UnknownHostException {
        var local = InetAddress.getByName(request.remoteAddress().hostAddress()).isLoopbackAddress()
                && request.getHeader("X-Forwarded-For") == null;
        return local || hasToken(context.getHeaderString("Authorization"))
                ? Optional.empty()
                : Optional.of(Response.status(Response.Status.UNAUTHORIZED)
                        .entity("a bearer token is needed: fusion.api.token")
                        .build());
    }

    private boolean hasToken(String authorization) {
        return authorization != null
                && config.api()
                        .token()
                        .map(token -> MessageDigest.isEqual(bytes("Bearer " + token), bytes(authorization)))
                        .orElse(false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
