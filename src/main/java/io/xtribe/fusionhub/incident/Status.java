package io.xtribe.fusionhub.incident;

/** Where an incident stands, in the words that all platforms can express. */
public enum Status {
    OPEN,
    ACKNOWLEDGED,
    RESOLVED;

    /**
     * The status that a platform's report makes of this one.
     *
     * @param reported {@code open}, {@code acknowledged}, {@code resolved}, {@code active} (not resolved, and the
     *     platform cannot tell more) or empty (it did not say)
     */
    public Status after(String reported) {
        return switch (reported) {
            case "open" -> OPEN;
            case "acknowledged" -> ACKNOWLEDGED;
            case "resolved" -> RESOLVED;
            case "active" -> this == RESOLVED ? OPEN : this;
            default -> this;
        };
    }
}
