package io.xtribe.fusionhub.lab.local;

/** What was to run on this machine cannot go on; the message says why and what to do, and is shown as it is. */
public final class LocalFailure extends Exception {
    private static final long serialVersionUID = 1;

    public LocalFailure(String message) {
        super(message);
    }
}
