package io.xtribe.fusionhub.access;

import java.util.Optional;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;

/**
 * Who asks, as far as the hub knows.
 *
 * @param name of a person: that of the login; of a program: empty
 * @param role the highest one
 */
public record Caller(String name, Role role) {

    /** The name of a program is not known: a token, or an address, may be anybody's. */
    public boolean isPerson() {
        return !name.isEmpty();
    }

    /** Whether a role, or one that includes it, is theirs. */
    public boolean is(Role least) {
        return role.compareTo(least) >= 0;
    }

    /** Who was found to have sent a request; empty where that was not asked for, or failed. */
    public static Optional<Caller> of(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                ? Identities.caller(user.getSecurityIdentity())
                : Optional.empty();
    }
}
