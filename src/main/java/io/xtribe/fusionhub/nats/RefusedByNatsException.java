package io.xtribe.fusionhub.nats;

import java.io.IOException;

import io.nats.client.JetStreamApiException;

/** The NATS server answered that it refuses a request. */
public final class RefusedByNatsException extends IOException {
    private static final long serialVersionUID = 1L;

    /** "message size exceeds maximum allowed". */
    static final int TOO_LARGE = 10054;

    private final int code;

    RefusedByNatsException(String what, JetStreamApiException refusal) {
        super(what + ": " + refusal.getMessage(), refusal);
        code = refusal.getApiErrorCode();
    }

    /** Whether it refused the message for its size; the same message is refused again. */
    public boolean isTooLarge() {
        return code == TOO_LARGE;
    }

    /** The server's own number of the error ({@code err_code}). */
    public int code() {
        return code;
    }
}
