package io.xtribe.fusionhub.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Refuses OPTIONS on every path. A browser asks by it whether pages of another origin may send a request, which none may; and the pages at
 * the root would answer it for every path below.
 */
@ApplicationScoped
class OtherMethods {

    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE + 1;

    void register(@Observes Router router) {
        router.route().method(HttpMethod.OPTIONS).order(BEFORE_ALL_OTHERS).handler(context -> context.response()
                .setStatusCode(METHOD_NOT_ALLOWED)
                .end());
    }
}
