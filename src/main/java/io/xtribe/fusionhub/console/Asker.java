package io.xtribe.fusionhub.console;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.access.Identities;
import io.xtribe.fusionhub.signal.SafeText;

/** Who asks for something over REST. */
@Singleton
public class Asker {

    private static final int LIMIT = 100;

    private final CurrentVertxRequest current;

    public Asker(CurrentVertxRequest current) {
        this.current = current;
    }

    /**
     * The name under which somebody has logged in. Of a program: the name that the request gives, which is taken at its word; else
     * the address that it comes from.
     */
    String of(HttpServerRequest http) {
        var identity = identity();
        if (identity != null && Identities.isPerson(identity)) {
            return identity.getPrincipal().getName();
        }
        var user = http.getHeader("X-Fusion-User");
        var who = SafeText.line(user == null ? "" : user, LIMIT).strip();
        return who.isEmpty() ? http.remoteAddress().hostAddress() : who;
    }

    /** The role in which it is asked for; empty where nobody is known. */
    String role() {
        var identity = identity();
        return identity == null ? "" : Identities.role(identity).key();
    }

    /** What was found out before; null where that was not needed, or failed. */
    private SecurityIdentity identity() {
        return current.getCurrent().user() instanceof QuarkusHttpUser user ? user.getSecurityIdentity() : null;
    }
}
