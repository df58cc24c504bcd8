package io.xtribe.fusionhub.platform.availability;

import java.time.Instant;

/**
 * An operator's order to call a platform for nothing, until somebody takes it back.
 *
 * @param by a name, or an address
 * @param reason free text, may be empty
 * @param at when it was given
 */
public record OperatorPause(String by, String reason, Instant at) {

    /** For example {@code paused by hand, by jane: their upgrade}. */
    public String words() {
        return "paused by hand, by " + by + (reason.isEmpty() ? "" : ": " + reason);
    }
}
