package io.xtribe.fusionhub.setup;

/**
 * Something that a platform lacks.
 *
 * @param what verb first, such as {@code create the webhook fusion-monitor}; holds no secret
 */
record Change(String what, Work work) {

    /** Calls the platform. */
    @FunctionalInterface
    interface Work {
        /** Makes the change; returns what has to be known of it, or an empty text. */
        String make() throws SetupFailure, InterruptedException;
    }
}
