package io.xtribe.fusionhub.console;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.http.ShortBodies;

/**
 * Allows requests from this host, and from other hosts those with the token; without a configured token none. A request that
 * a proxy passes on counts as one from another host, also when the proxy runs on this host, and so does a change that a web
 * page asks for in a browser on this host.
 */
public class ApiAccess {

    /** Headers that proxies add. A proxy on this host that adds none of them must authenticate its clients itself. */
    private static final Set<String> FORWARDED = Set.of(
            "forwarded",
            "via",
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "true-client-ip",
            "fastly-client-ip");

    private static final List<String> FORWARDED_PREFIXES = List.of("x-forwarded", "x-original-", "x-envoy-", "cf-");
    private static final String SCHEME = "Bearer ";

    private final FusionConfig config;

    public ApiAccess(FusionConfig config) {
        this.config = config;
    }

    @ServerRequestFilter
    public Optional<Response> check(ContainerRequestContext context, HttpServerRequest request)
            throws UnknownHostException {
        return isLocal(request) || hasToken(context.getHeaderString("Authorization"))
                ? refusedBody(request)
                : Optional.of(Response.status(Response.Status.UNAUTHORIZED)
                        .header("WWW-Authenticate", "Bearer")
                        .entity("a bearer token is needed: fusion.api.token")
                        .build());
    }

    /** A body that was dropped is not none: what was asked for would be done without what was said about it. */
    private static Optional<Response> refusedBody(HttpServerRequest request) {
        if (isRead(request.method())) {
            return Optional.empty();
        }
        if (request.headers().contains("Transfer-Encoding")) {
            return Optional.of(Response.status(Response.Status.LENGTH_REQUIRED)
                    .entity("a body needs a Content-Length")
                    .build());
        }
        var length = request.getHeader("Content-Length");
        return length == null || Long.parseLong(length.strip()) <= ShortBodies.LIMIT
                ? Optional.empty()
                : Optional.of(Response.status(Response.Status.REQUEST_ENTITY_TOO_LARGE)
                        .entity("a body has at most " + ShortBodies.LIMIT + " bytes")
                        .build());
    }

    private static boolean isLocal(HttpServerRequest request) throws UnknownHostException {
        var address = request.remoteAddress();
        return address != null
                // A page of somebody else's may let a browser on this host post here.
                && (isRead(request.method())
                        || SameOrigin.isOwnPage(request.getHeader("Origin"), request.getHeader("Host")))
                && InetAddress.getByName(address.hostAddress()).isLoopbackAddress()
                && request.headers().names().stream().noneMatch(ApiAccess::isForwarded);
    }

    private static boolean isRead(HttpMethod method) {
        return method == HttpMethod.GET || method == HttpMethod.HEAD;
    }

    private static boolean isForwarded(String header) {
        var name = header.toLowerCase(Locale.ROOT);
        return FORWARDED.contains(name) || FORWARDED_PREFIXES.stream().anyMatch(name::startsWith);
    }

    private boolean hasToken(String authorization) {
        var given = authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).trim()
                : "";
        // Digests are of one length: neither content nor length of the token shows in the time that it takes.
        return config.api()
                .token()
                .map(token -> MessageDigest.isEqual(digest(token), digest(given)))
                .orElse(false);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
