package io.xtribe.fusionhub.incident;

/** The store did not answer, or not with success. Whether a write happened is unknown: read again. */
public class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
