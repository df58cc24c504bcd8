package io.xtribe.fusionhub.setup;

import java.util.List;

/** Compares a platform with what the hub needs there. */
interface WebhookSetup {

    /** What is missing, in the order in which it has to be made; only reads. Empty when there is nothing to do. */
    List<Change> missing() throws SetupFailure, InterruptedException;

    /** What remains to be done by hand, or to be known, as far as {@link #missing} has seen. */
    List<String> hints();
}
