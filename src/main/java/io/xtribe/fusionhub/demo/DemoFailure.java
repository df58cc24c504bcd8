package io.xtribe.fusionhub.demo;

/** The demo cannot go on; the message says why and what to do, and is shown as it is. */
final class DemoFailure extends Exception {
    private static final long serialVersionUID = 1;

    DemoFailure(String message) {
        super(message);
    }
}
