package io.xtribe.fusionhub.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.camel.CamelContext;

/**
 * The HTTP server listens before the routes have started and until after they have stopped. What comes in between is
 * asked to come again: a 404 would be final, and the webhook lost. What says of itself that it is too large need not
 * come in at all.
 */
@ApplicationScoped
class WebhookGate {

    private static final String ROUTE = "webhooks-receive";
    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

    private final CamelContext camel;

    WebhookGate(CamelContext camel) {
        this.camel = camel;
    }

    void stand(@Observes Router router) {
        router.post("/webhooks/*").order(BEFORE_ALL_OTHERS).handler(context -> {
            if (!isOpen()) {
                refuse(context, 503, "the hub is starting or stopping, send it again");
            } else if (WebhookDoor.isOversized(length(context.request()))) {
                refuse(context, 413, WebhookDoor.OVERSIZED);
            } else {
                // Signatures are over the bytes, whatever is said to be in them: a form must not be taken apart.
                context.request().headers().set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
                context.next();
            }
        });
    }

    private static long length(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    /** Hears the sender out, though to no end: on a connection that is cut while it writes, it would lose the answer. */
    private static void refuse(RoutingContext context, int status, String reason) {
        context.request().handler(unheard -> {});
        context.response().setStatusCode(status).end(reason);
    }

    private boolean isOpen() {
        var status = camel.getRouteController().getRouteStatus(ROUTE);
        return status != null && status.isStarted();
    }
}
