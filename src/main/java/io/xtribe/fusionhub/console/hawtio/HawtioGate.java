package io.xtribe.fusionhub.console.hawtio;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** Tells who asks for Hawtio. The one place that knows how people are known. */
interface HawtioGate {

    /** What somebody may do, the least first. */
    enum Role {
        NOBODY,
        VIEWER,
        OPERATOR,
        ADMIN
    }

    /**
     * Who asks.
     *
     * @param name for the timeline and for Hawtio's page
     */
    record Visitor(String name, Role role) {

        static final Visitor NOBODY = new Visitor("", Role.NOBODY);

        boolean isAtLeast(Role least) {
            return role.compareTo(least) >= 0;
        }
    }

    /** Who asks; {@link Visitor#NOBODY} where nobody is known. Completes on the request's own event loop. */
    Future<Visitor> visitor(RoutingContext context);

    /** Ends the session of who asks, if there is one. Returns the address to go on to. */
    String leave(RoutingContext context);
}
