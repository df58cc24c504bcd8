package io.xtribe.fusionhub.signal;

/** A signal that cannot be understood, and never will be by trying again: it belongs into the dead letters. */
public class InvalidSignalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidSignalException(String message) {
        super(message);
    }

    public InvalidSignalException(String message, Throwable cause) {
        super(message, cause);
    }
}
