package io.xtribe.fusionhub.console.page;

import java.util.Optional;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.access.Caller;
import io.xtribe.fusionhub.access.Role;

/**
 * Who looks at the page, for its templates. They leave out buttons that the API would refuse; whether it refuses is decided by the
 * API alone.
 */
@Singleton
@Named("viewer")
public class Viewer {

    private final CurrentVertxRequest current;

    public Viewer(CurrentVertxRequest current) {
        this.current = current;
    }

    /** Empty where nobody has to log in, or nobody has. */
    public String name() {
        return caller().map(Caller::name).orElse("");
    }

    /** Whether the buttons of an operator are drawn. */
    public boolean mayOperate() {
        return caller().filter(caller -> caller.is(Role.OPERATOR)).isPresent();
    }

    private Optional<Caller> caller() {
        return Caller.of(current.getCurrent());
    }
}
