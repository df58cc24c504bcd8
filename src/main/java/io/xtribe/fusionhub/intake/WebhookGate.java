package io.xtribe.fusionhub.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.camel.CamelContext;

/**
 * The HTTP server listens before the routes have started and until after they have stopped. What comes in between is
 * asked to come again: a 404 would be final, and the webhook lost.
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
            if (isOpen()) {
                // Signatures are over the bytes, whatever is said to be in them: a form must not be taken apart.
                context.request().headers().set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
                context.next();
            } else {
                context.response().setStatusCode(503).end("the hub is starting or stopping, send it again");
            }
        });
    }

    private boolean isOpen() {
        var status = camel.getRouteController().getRouteStatus(ROUTE);
        return status != null && status.isStarted();
    }
}
