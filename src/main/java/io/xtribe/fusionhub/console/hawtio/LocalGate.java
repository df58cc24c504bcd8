package io.xtribe.fusionhub.console.hawtio;

import java.util.Set;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.console.ApiAccess;

/**
 * The rule of the API: this host, and who has the token, may do everything. For a browser on this host the address has to be one of
 * this host as well: else a page of somebody else's, whose name is made to mean this host, would count as ours.
 */
@Singleton
class LocalGate implements HawtioGate {

    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final ApiAccess access;

    LocalGate(ApiAccess access) {
        this.access = access;
    }

    @Override
    public Future<Visitor> visitor(RoutingContext context) {
        var request = context.request();
        var isTrusted =
                access.isTrusted(request) && (request.headers().contains("Authorization") || isOwnName(request));
        return Future.succeededFuture(
                isTrusted ? new Visitor(request.remoteAddress().hostAddress(), Role.ADMIN) : Visitor.NOBODY);
    }

    private static boolean isOwnName(HttpServerRequest request) {
        var authority = request.authority();
        return authority != null && OWN_NAMES.contains(authority.host());
    }

    @Override
    public String leave(RoutingContext context) {
        return "/";
    }
}
