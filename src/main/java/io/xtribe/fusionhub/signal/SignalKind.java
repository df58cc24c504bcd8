package io.xtribe.fusionhub.signal;

import java.util.Locale;

/** What a platform says has happened to one of its records. */
public enum SignalKind {
    TRIGGERED,
    ACKNOWLEDGED,
    RESOLVED,
    REOPENED,
    UPDATED,
    COMMENTED,
    /** What is known and not needed: a ping, a test notification, an event type that changes nothing. */
    NOISE,
    /** What the mapping does not know: it may be urgent, so it is noise only where its priority says that it is not. */
    UNKNOWN;

    static SignalKind parse(String text) {
        try {
            return valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidSignalException(
                    "kind " + SafeText.quoted(text) + " is none of triggered, acknowledged, resolved, reopened,"
                            + " updated, commented, noise, unknown: correct the mapping file of this source");
        }
    }
}
