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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks that a webhook comes from the platform it claims: a shared token, PagerDuty's signature over the raw body, or
 * the hub's own timestamped signature that ServiceNow's script can make. All comparisons take constant time.
 */
public final class WebhookAuthentication {

    /** Token header of Datadog and ServiceNow. */
    public static final String TOKEN = "X-Fusion-Token";
    /** Epoch seconds that the signature covers. */
    public static final String TIMESTAMP = "X-Fusion-Timestamp";
    /** {@code sha256=<base64 or hex>} over {@code timestamp + "." + body}; several, separated by commas. */
    public static final String SIGNATURE = "X-Fusion-Signature";
    /** See <a href="https://developer.pagerduty.com/docs/verifying-webhook-signatures">PagerDuty's page</a>. */
    public static final String PAGERDUTY_SIGNATURE = "X-PagerDuty-Signature";

    private static final Duration REPLAY_WINDOW = Duration.ofMinutes(5);
    private static final String HMAC = "HmacSHA256";
    private static final int DIGEST_BYTES = 32;
    private static final String PAGERDUTY_SCHEME = "v1=";
    private static final String SCHEME = "sha256=";

    private final List<byte[]> secrets;
    private final Clock clock;

    /**
     * An authentication.
     *
     * @param secrets the accepted secrets, more than one during rotation
     */
    public WebhookAuthentication(List<String> secrets, Clock clock) {
        this.secrets = secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
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
        var pagerDuty = header.apply(PAGERDUTY_SIGNATURE);
        var signature = header.apply(SIGNATURE);
        return pagerDuty != null && digests(pagerDuty, PAGERDUTY_SCHEME).anyMatch(WebhookAuthentication::isWhole)
                        || signature != null
                                && isFresh(header.apply(TIMESTAMP))
                                && digests(signature, SCHEME).anyMatch(WebhookAuthentication::isWhole)
                ? Claim.SIGNED
                : Claim.NONE;
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
        var pagerDuty = header.apply(PAGERDUTY_SIGNATURE);
        var signature = header.apply(SIGNATURE);
        var timestamp = header.apply(TIMESTAMP);
        var accepted = false;
        // No early exit: which of two secrets matched must not show in the time taken.
        for (var secret : secrets) {
            accepted |= isToken(secret, token);
            accepted |= pagerDuty != null && anyMatches(pagerDuty, PAGERDUTY_SCHEME, hmac(secret, body));
            accepted |= signature != null
                    && isFresh(timestamp)
                    && anyMatches(signature, SCHEME, hmac(secret, timestamped(timestamp, body)));
        }
        return accepted;
    }

    private boolean isFresh(String timestamp) {
        try {
            var sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(sent, clock.instant()).abs().compareTo(REPLAY_WINDOW) <= 0;
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    private static boolean anyMatches(String header, String scheme, byte[] expected) {
        return digests(header, scheme)
                .map(digest -> MessageDigest.isEqual(expected, digest))
                .reduce(false, Boolean::logicalOr);
    }

    private static Stream<byte[]> digests(String header, String scheme) {
        return Arrays.stream(header.split(","))
                .map(String::trim)
                .filter(value -> value.startsWith(scheme))
                .map(value -> decode(value.substring(scheme.length())));
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

    private static byte[] timestamped(String timestamp, byte[] body) {
        var prefix = (timestamp + ".").getBytes(StandardCharsets.UTF_8);
        var message = new byte[prefix.length + body.length];
        System.arraycopy(prefix, 0, message, 0, prefix.length);
        System.arraycopy(body, 0, message, prefix.length, body.length);
        return message;
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
