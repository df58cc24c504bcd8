package io.xtribe.fusionhub.intake;

/** A signal cannot be judged before something is known that is being asked for: it is to be delivered again. */
final class NotYetKnownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotYetKnownException(String message) {
        super(message);
    }
}
