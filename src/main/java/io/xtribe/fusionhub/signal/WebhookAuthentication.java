package io.xtribe.fusionhub.signal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks that a webhook comes from the platform it claims: a shared token, the hub's own timestamped signature that
 * ServiceNow's script can make, or the vendor's own signature, such as PagerDuty's. All comparisons take constant time.
 */
public final class WebhookAuthentication {

    /** Token header of Datadog and ServiceNow. */
    public static final String TOKEN = "X-Fusion-Token";
    /** Epoch seconds that the signature covers. */
    public static final String TIMESTAMP = "X-Fusion-Timestamp";
    /** {@code sha256=<base64 or hex>} over {@code timestamp + "." + body}; several, separated by commas. */
    public static final String SIGNATURE = "X-Fusion-Signature";

    /** For every platform. */
    private static final SignatureScheme OWN = new SignatureScheme(SIGNATURE, "sha256=", TIMESTAMP, null);

    private static final Duration REPLAY_WINDOW = Duration.ofMinutes(5);
    private static final String HMAC = "HmacSHA256";
    private static final int DIGEST_BYTES = 32;

    private final List<byte[]> secrets;
    private final List<SignatureScheme> schemes;
    private final Clock clock;

    /**
     * An authentication.
     *
     * @param secrets the accepted secrets, more than one during rotation
     * @param vendors how the vendor signs, where it has a way of its own
     */
    public WebhookAuthentication(List<String> secrets, Optional<SignatureScheme> vendors, Clock clock) {
        this.secrets = secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.schemes = Stream.concat(Stream.of(OWN), vendors.stream()).toList();
        this.clock = clock;
    }

    /** What the headers of a webhook say about its sender before the body is there. */
    public enum Claim {
        /** The token is right: the body need not be checked. */
        PROVEN,
        /** There is a signature that may be right. */
        SIGNED,
        /** The webhook is refused, with any body. */
        NONE
    }

    /**
     * What the headers alone prove. What is {@link Claim#NONE} here is not accepted with any body.
     *
     * @param header yields a request header by name, or null
     */
    public Claim claim(UnaryOperator<String> header) {
        var token = header.apply(TOKEN);
        var proven = false;
        for (var secret : secrets) {
            proven |= isToken(secret, token);
        }
        if (proven) {
            return Claim.PROVEN;
        }
        return schemes.stream().anyMatch(scheme -> mayBeRight(scheme, header)) ? Claim.SIGNED : Claim.NONE;
    }

    private boolean mayBeRight(SignatureScheme scheme, UnaryOperator<String> header) {
        var signatures = header.apply(scheme.header());
        return signatures != null
                && isInTime(scheme, header)
                && digests(signatures, scheme.prefix()).anyMatch(WebhookAuthentication::isWhole);
    }

    private static boolean isWhole(byte[] digest) {
        return digest.length == DIGEST_BYTES;
    }

    private static boolean isToken(byte[] secret, String token) {
        return token != null && MessageDigest.isEqual(secret, token.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether one of the schemes proves a secret.
     *
     * @param header yields a request header by name, or null
     * @param body the raw bytes as received
     */
    public boolean accepts(UnaryOperator<String> header, byte[] body) {
        var token = header.apply(TOKEN);
        var accepted = false;
        // No early exit: which of two secrets matched must not show in the time taken.
        for (var secret : secrets) {
            accepted |= isToken(secret, token);
            for (var scheme : schemes) {
                accepted |= isSigned(scheme, secret, header, body);
            }
        }
        return accepted;
    }

    private boolean isSigned(SignatureScheme scheme, byte[] secret, UnaryOperator<String> header, byte[] body) {
        var signatures = header.apply(scheme.header());
        return signatures != null
                && isInTime(scheme, header)
                && anyMatches(
                        signatures, scheme.prefix(), hmac(secret, scheme.message(timestamp(scheme, header), body)));
    }

    private boolean isInTime(SignatureScheme scheme, UnaryOperator<String> header) {
        return !scheme.isTimed() || isFresh(timestamp(scheme, header));
    }

    private static String timestamp(SignatureScheme scheme, UnaryOperator<String> header) {
        return scheme.isTimed() ? header.apply(scheme.timestampHeader()) : "";
    }

    private boolean isFresh(String timestamp) {
        try {
            var sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(sent, clock.instant()).abs().compareTo(REPLAY_WINDOW) <= 0;
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    private static boolean anyMatches(String header, String prefix, byte[] expected) {
        return digests(header, prefix)
                .map(digest -> MessageDigest.isEqual(expected, digest))
                .reduce(false, Boolean::logicalOr);
    }

    private static Stream<byte[]> digests(String header, String prefix) {
        return Arrays.stream(header.split(","))
                .map(String::trim)
                .filter(value -> value.startsWith(prefix))
                .map(value -> decode(value.substring(prefix.length())));
    }

    /** Hex or Base64: ServiceNow's MAC function yields the latter, everybody else writes the former. */
    private static byte[] decode(String digest) {
        try {
            return digest.length() == 64
                    ? HexFormat.of().parseHex(digest)
                    : Base64.getDecoder().decode(digest);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] hmac(byte[] secret, byte[] message) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
