package io.xtribe.fusionhub.setup;

/** A platform could not be set up; the message says why and what to do, and is shown as it is. */
final class SetupFailure extends Exception {
    private static final long serialVersionUID = 1L;

    SetupFailure(String message) {
        super(message);
    }
}
