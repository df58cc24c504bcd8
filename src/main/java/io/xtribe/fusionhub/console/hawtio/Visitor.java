package io.xtribe.fusionhub.console.hawtio;

import io.vertx.ext.web.RoutingContext;

import io.xtribe.fusionhub.access.Caller;
import io.xtribe.fusionhub.access.Role;

/**
 * Who uses Hawtio.
 *
 * @param name of somebody who has logged in; else the address
 * @param from the address
 */
record Visitor(String name, Role role, String from) {

    static Visitor of(RoutingContext context) {
        var from = context.request().remoteAddress().hostAddress();
        var caller = Caller.of(context).orElseThrow(() -> new IllegalStateException("nobody is known"));
        return new Visitor(caller.isPerson() ? caller.name() : from, caller.role(), from);
    }

    boolean isAdmin() {
        return role == Role.ADMIN;
    }
}
