package io.xtribe.fusionhub.signal;

import java.nio.charset.StandardCharsets;

/**
 * How a sender signs its webhooks: HMAC-SHA256 under the shared secret, in hex or Base64, in a header.
 *
 * @param header holds the signature; several are separated by commas
 * @param prefix what a signature begins with, such as {@code v1=}; may be missing
 * @param timestampHeader holds the epoch seconds of sending, where they are signed too; may be missing
 * @param signed what is signed: a text with {@code {body}} and, where there is a time stamp, {@code {timestamp}}. Missing: the
 *     body, after the time stamp and a point where there is one
 */
public record SignatureScheme(String header, String prefix, String timestampHeader, String signed) {

    private static final String BODY = "{body}";
    private static final String TIME = "{timestamp}";

    /**
     * A scheme.
     *
     * @throws IllegalArgumentException when it is not one that can be checked
     */
    public SignatureScheme {
        prefix = prefix == null ? "" : prefix;
        timestampHeader = timestampHeader == null ? "" : timestampHeader;
        signed = signed != null ? signed : timestampHeader.isEmpty() ? BODY : TIME + "." + BODY;
        if (header == null || header.isBlank()) {
            throw new IllegalArgumentException("a signature needs 'header', the request header that it comes in");
        }
        if (signed.split("\\{body}", -1).length != 2) {
            throw new IllegalArgumentException("'signed' is '" + signed + "': it needs " + BODY + ", once");
        }
        if (signed.contains(TIME) == timestampHeader.isEmpty()) {
            throw new IllegalArgumentException(
                    "'timestampHeader' and " + TIME + " in 'signed' need each other: write both, or neither");
        }
    }

    /** Whether the time of sending is signed. */
    boolean isTimed() {
        return !timestampHeader.isEmpty();
    }

    /** The bytes that are signed. */
    byte[] message(String timestamp, byte[] body) {
        if (signed.equals(BODY)) {
            return body;
        }
        var at = signed.indexOf(BODY);
        var before = bytes(signed.substring(0, at), timestamp);
        var after = bytes(signed.substring(at + BODY.length()), timestamp);
        var message = new byte[before.length + body.length + after.length];
        System.arraycopy(before, 0, message, 0, before.length);
        System.arraycopy(body, 0, message, before.length, body.length);
        System.arraycopy(after, 0, message, before.length + body.length, after.length);
        return message;
    }

    private byte[] bytes(String part, String timestamp) {
        return (isTimed() ? part.replace(TIME, timestamp) : part).getBytes(StandardCharsets.UTF_8);
    }
}
