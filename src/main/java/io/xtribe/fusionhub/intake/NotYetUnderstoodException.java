package io.xtribe.fusionhub.intake;

import io.xtribe.fusionhub.signal.InvalidSignalException;

/**
 * A signal that cannot be understood now and may be understood in a moment: it comes again for about two minutes, and then it
 * becomes the dead letter.
 */
final class NotYetUnderstoodException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient InvalidSignalException letter;

    NotYetUnderstoodException(InvalidSignalException letter) {
        super("a list of the account is not read yet: " + letter.getMessage());
        this.letter = letter;
    }

    InvalidSignalException letter() {
        return letter;
    }
}
