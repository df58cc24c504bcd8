package io.xtribe.fusionhub.startup;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import io.xtribe.fusionhub.nats.NatsOutage;

/**
 * Says in the log why a hub that is connected to NATS cannot begin yet: a stream is missing that it must not make, or a route
 * does not start. Each reason at once, and again every 30 s while it lasts.
 */
final class BeginTrouble {

    private static final Logger LOG = Logger.getLogger(BeginTrouble.class);

    private final LongSupplier nanoTime;
    private final Set<String> traced = new HashSet<>();
    private String last = "";
    private long lastLogged;

    BeginTrouble() {
        this(System::nanoTime);
    }

    BeginTrouble(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** With the whole trace, once for each reason, where it is nothing that NATS or its client is known to say. */
    void say(Exception failure) {
        var reason = reason(failure);
        var now = nanoTime.getAsLong();
        if (reason.equals(last) && now - lastLogged < NatsOutage.REMINDER.toNanos()) {
            return;
        }
        last = reason;
        lastLogged = now;
        var isKnown = failure instanceof IOException || failure instanceof IllegalStateException;
        LOG.warnf(
                isKnown || !traced.add(reason) ? null : failure,
                "The hub cannot begin yet: %s; next try in %d s",
                reason,
                HubStartup.RETRY_SECONDS);
    }

    /** What a failure says, or else what it is. */
    static String reason(Exception failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
