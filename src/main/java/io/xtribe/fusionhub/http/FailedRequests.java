package io.xtribe.fusionhub.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.ForbiddenException;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers requests that the router or a handler refused as wrong with their status alone. Vert.x and Quarkus would log each
 * with a stack trace, so that any sender could fill the log.
 */
@ApplicationScoped
class FailedRequests {

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int SERVER_ERROR = 500;
    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

    void register(@Observes Router router) {
        answerFailures(router);
    }

    void register(@Observes ManagementInterface management) {
        answerFailures(management.router());
    }

    private static void answerFailures(Router router) {
        router.route().order(BEFORE_ALL_OTHERS).failureHandler(FailedRequests::answer);
    }

    private static void answer(RoutingContext context) {
        var response = context.response();
        var status = context.statusCode();
        if (context.failure() instanceof ForbiddenException && !response.headWritten()) {
            response.setStatusCode(FORBIDDEN)
                    .putHeader(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8")
                    .end("your role does not allow this: docs/access.md");
        } else if (status < BAD_REQUEST || status >= SERVER_ERROR || response.headWritten()) {
            context.next();
        } else {
            response.setStatusCode(status).end();
        }
    }
}
