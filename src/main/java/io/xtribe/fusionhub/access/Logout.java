package io.xtribe.fusionhub.access;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Ends the session of a browser: its cookie is taken away. Somebody else's web page cannot ask for it. */
@ApplicationScoped
public class Logout {

    /** Where somebody logs in. */
    public static final String LOGIN = "/login";

    /** As Quarkus calls the session of somebody who has logged in at an OpenID provider. */
    private static final String OF_PROVIDER = "q_session";

    private static final int SEE_OTHER = 303;
    private static final int FORBIDDEN = 403;

    private final String cookie;

    Logout(@ConfigProperty(name = "quarkus.http.auth.form.cookie-name") String cookie) {
        this.cookie = cookie;
    }

    void register(@Observes Router router) {
        router.post("/api/logout").handler(this::logout);
    }

    private void logout(RoutingContext context) {
        if (Origins.isForeignPage(context.request())) {
            context.response().setStatusCode(FORBIDDEN).end();
            return;
        }
        end(context);
        context.response()
                .setStatusCode(SEE_OTHER)
                .putHeader(HttpHeaderNames.LOCATION, LOGIN)
                .end();
    }

    /** Takes the cookies away with the answer to this request. */
    public void end(RoutingContext context) {
        remove(cookie, context);
        // Of the provider's: it is long, and may be in several pieces.
        context.request().cookies().stream()
                .map(Cookie::getName)
                .filter(name -> name.startsWith(OF_PROVIDER))
                .forEach(name -> remove(name, context));
    }

    private static void remove(String name, RoutingContext context) {
        context.response()
                .addCookie(Cookie.cookie(name, "")
                        .setPath("/")
                        .setMaxAge(0)
                        .setHttpOnly(true)
                        .setSameSite(CookieSameSite.STRICT));
    }
}
