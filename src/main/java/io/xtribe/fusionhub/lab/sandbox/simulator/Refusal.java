package io.xtribe.fusionhub.lab.sandbox.simulator;

/** A vendor's refusal on its way to the caller; it carries the vendor's own error answer and no stack trace. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    public Refusal(Answer answer) {
        super("Refused with " + answer.status(), null, false, false);
        this.answer = answer;
    }

    public Answer answer() {
        return answer;
    }
}
