package io.xtribe.fusionhub.console.page;

/** What an address names is not there, or not any more; the message says what to do. */
final class NothingThereException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NothingThereException(String message) {
        super(message, null, false, false);
    }
}
