package io.xtribe.fusionhub.nats;

import java.util.Optional;

/**
 * Which delivery of which signal a message is, as its reply subject says: {@code $JS.ACK.<stream>.<consumer>.<count>.
 * <stream sequence>.<consumer sequence>.<time>.<pending>}, on newer servers with domain and account before the stream and
 * more at the end. (jnats knows that form too, but only of messages that it received itself.)
 *
 * @param sequence its place in {@code FUSION_SIGNALS}
 * @param count how often it has been delivered, 1 for the first time
 * @param storedAt when it was stored, in nanoseconds since 1970
 */
public record Delivery(long sequence, long count, long storedAt) {

    private static final String PREFIX = "$JS.ACK.";
    private static final String FIRST = PREFIX + Names.SIGNALS + "." + Names.INTAKE_CONSUMER + ".1.";
    private static final int TOKENS = 9;
    /** Domain and account hash. */
    private static final int MORE_TOKENS = 2;

    /** Empty for what the intake's consumer did not deliver: every NATS client may publish to a plain subject. */
    public static Optional<Delivery> of(String replyTo) {
        if (replyTo == null || !replyTo.startsWith(PREFIX)) {
            return Optional.empty();
        }
        var tokens = replyTo.split("\\.");
        var stream = tokens.length == TOKENS ? 2 : 2 + MORE_TOKENS;
        if (tokens.length < TOKENS
                || tokens.length < stream + TOKENS - 2
                || !tokens[stream].equals(Names.SIGNALS)
                || !tokens[stream + 1].equals(Names.INTAKE_CONSUMER)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Delivery(
                    Long.parseLong(tokens[stream + 3]),
                    Long.parseLong(tokens[stream + 2]),
                    Long.parseLong(tokens[stream + 5])));
        } catch (NumberFormatException notOfJetStream) {
            return Optional.empty();
        }
    }

    /** The same as {@link #of} with a count of 1, without parsing where the server sends the short form. */
    public static boolean isFirst(String replyTo) {
        return replyTo != null
                && (replyTo.startsWith(FIRST)
                        || of(replyTo).filter(delivery -> delivery.count() == 1).isPresent());
    }
}
