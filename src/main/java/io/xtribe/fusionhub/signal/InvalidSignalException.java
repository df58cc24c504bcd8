package io.xtribe.fusionhub.signal;

/**
 * A signal that cannot be understood, so that handling it again would fail again: it becomes a dead letter. The message is one
 * line; a value from outside is quoted in it by {@link SafeText#quoted} only.
 */
public class InvalidSignalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DeadLetterClass letterClass;
    private final String remedy;

    /** One of the class {@code invalid}. */
    public InvalidSignalException(String message) {
        this(DeadLetterClass.INVALID, message);
    }

    public InvalidSignalException(String message, Throwable cause) {
        this(DeadLetterClass.INVALID, message, DeadLetterClass.INVALID.remedy(), cause);
    }

    public InvalidSignalException(DeadLetterClass letterClass, String message) {
        this(letterClass, message, letterClass.remedy(), null);
    }

    public InvalidSignalException(DeadLetterClass letterClass, String message, Throwable cause) {
        this(letterClass, message, letterClass.remedy(), cause);
    }

    /** The same with another remedy than the usual one of its class. */
    public InvalidSignalException(DeadLetterClass letterClass, String message, String remedy, Throwable cause) {
        super(message, cause);
        this.letterClass = letterClass;
        this.remedy = remedy;
    }

    public DeadLetterClass letterClass() {
        return letterClass;
    }

    /** What an operator can do about it, in one line. */
    public String remedy() {
        return remedy;
    }
}
