package io.xtribe.fusionhub.job;

/** Why a job cannot go on. The message says what is wrong and what to do. */
public final class JobFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final JobOutcome outcome;

    public JobFailure(JobOutcome outcome, String message) {
        super(message);
        this.outcome = outcome;
    }

    public JobFailure(JobOutcome outcome, String message, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    public JobOutcome outcome() {
        return outcome;
    }
}
