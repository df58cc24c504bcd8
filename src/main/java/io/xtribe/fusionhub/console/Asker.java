package io.xtribe.fusionhub.console;

import io.vertx.core.http.HttpServerRequest;

import io.xtribe.fusionhub.signal.SafeText;

/** Who asks for something over REST. */
final class Asker {

    private static final int LIMIT = 100;

    private Asker() {}

    /** The name that the request gives, which is taken at its word; else the address that it comes from. */
    static String of(HttpServerRequest http) {
        var user = http.getHeader("X-Fusion-User");
        var who = SafeText.line(user == null ? "" : user, LIMIT).strip();
        return who.isEmpty() ? http.remoteAddress().hostAddress() : who;
    }
}
