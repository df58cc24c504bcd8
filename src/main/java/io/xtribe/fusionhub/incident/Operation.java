package io.xtribe.fusionhub.incident;

import java.util.Locale;

/** What can be done for one record of an incident; the name is the second half of a platform's route id. */
public enum Operation {
    /** Read the thing that began, to see whether it still stands. */
    READ,
    /** Create the record. */
    OPEN,
    /** Look for the record that an earlier create may have left. */
    FIND,
    /** Bring status and priority to the desired state. */
    UPDATE,
    /** Write the other platforms' URLs. */
    LINK,
    /** Write what somebody wrote on another platform. */
    COMMENT,
    /** Close a second record of ours. */
    CLOSE;

    /** Whether an incident can be kept in step without it, where a platform has no way to do it. */
    public boolean isOptional() {
        return this == UPDATE || this == LINK || this == COMMENT || this == CLOSE;
    }

    /** For example {@code open}, as in {@code pagerduty-open}. */
    public String verb() {
        return name().toLowerCase(Locale.ROOT);
    }
}
