package io.xtribe.fusionhub.console;

import java.util.regex.Pattern;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers 404 for a path below {@code /api/incidents/} with anything in it that no id has. The REST layer would answer some
 * of them with 400, for being no URI.
 */
@ApplicationScoped
class IncidentPaths {

    private static final Pattern PLAIN = Pattern.compile("[\\w.~/-]*");
    private static final int NOT_FOUND = 404;
    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

    void stand(@Observes Router router) {
        router.get("/api/incidents/*").order(BEFORE_ALL_OTHERS).handler(context -> {
            if (PLAIN.matcher(context.request().path()).matches()) {
                context.next();
            } else {
                context.response().setStatusCode(NOT_FOUND).end();
            }
        });
    }
}
