package io.xtribe.fusionhub.console;

import java.util.Optional;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.access.Caller;
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
        var person = caller().filter(Caller::isPerson);
        if (person.isPresent()) {
            return person.get().name();
        }
        var user = http.getHeader("X-Fusion-User");
        var who = SafeText.line(user == null ? "" : user, LIMIT).strip();
        return who.isEmpty() ? http.remoteAddress().hostAddress() : who;
    }

    /** Who was found to have sent the current request; empty where nobody was. */
    Optional<Caller> caller() {
        return Caller.of(current.getCurrent());
    }
}
