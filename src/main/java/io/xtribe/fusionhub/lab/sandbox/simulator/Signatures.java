package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 as the vendors use it on their webhooks. */
public final class Signatures {
    private Signatures() {}

    /** PagerDuty's {@code v1=<hex>} over the raw body (developer.pagerduty.com, verifying webhook signatures). */
    public static String pagerDuty(String secret, byte[] body) {
        return "v1=" + HexFormat.of().formatHex(mac(secret, body));
    }

    /** What our Business Rule sends: base64 over {@code <epoch seconds>.<body>}. */
    public static String serviceNow(String secret, long epochSeconds, byte[] body) {
        byte[] prefix = (epochSeconds + ".").getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[prefix.length + body.length];
        System.arraycopy(prefix, 0, message, 0, prefix.length);
        System.arraycopy(body, 0, message, prefix.length, body.length);
        return "sha256=" + Base64.getEncoder().encodeToString(mac(secret, message));
    }

    private static byte[] mac(String secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HmacSHA256", e);
        }
    }
}
