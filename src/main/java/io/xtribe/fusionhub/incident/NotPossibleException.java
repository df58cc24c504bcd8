package io.xtribe.fusionhub.incident;

/** What was asked for makes no sense as the incident stands; the message says why, for people. */
public class NotPossibleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotPossibleException(String why) {
        super(why);
    }
}
