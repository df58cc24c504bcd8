package io.xtribe.fusionhub.intake;

/** A webhook that is not let in, with the HTTP status that says so. */
public class WebhookRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    public WebhookRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /** For routes. */
    public int getStatus() {
        return status;
    }
}
