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
    /** Nothing that the hub acts on: an unknown event type, a ping, a test notification. */
    NOISE;

    static SignalKind parse(String text) {
        try {
            return valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidSignalException(
                    "kind " + SafeText.quoted(text) + " is none of triggered, acknowledged, resolved, reopened,"
                            + " updated, commented, noise: correct the mapping file of this source");
        }
    }
}
