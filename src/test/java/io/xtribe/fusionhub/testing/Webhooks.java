package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Authenticates and sends raw webhook bodies as each platform does; the bodies are under {@code webhooks/}. */
public final class Webhooks {
    private static final Pattern TIME =
            Pattern.compile("\"(\\d{13}|\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?)\"");

    private Webhooks() {}

    /** The secret of that endpoint of a hub which {@link HubProcess} starts: the one with which the sandbox sends, too. */
    public static String secret(String source) {
        return "sandbox-" + source + "-secret";
    }

    /** A recorded body by its path without the extension, such as {@code pagerduty/triggered-p1-manual}. */
    public static String body(String path) {
        String resource = "/webhooks/" + path + ".json";
        try (InputStream in = Webhooks.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same body as if it happened just now: all its times are moved so that the latest is the present second. */
    public static String fresh(String path) {
        String body = body(path);
        Instant latest = times(body).values().stream().max(Instant::compareTo).orElseThrow();
        Duration shift = Duration.between(latest, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        for (Map.Entry<String, Instant> time : times(body).entrySet()) {
            body = body.replace(time.getKey(), written(time.getValue().plus(shift), time.getKey()));
        }
        return body;
    }

    /** The headers with which that source would send this body, signed where the source can sign. */
    public static Map<String, String> headers(String source, String secret, byte[] body) {
        return switch (source) {
            case "datadog" -> datadog(secret);
            case "servicenow" -> serviceNow(secret, body, Instant.now());
            case "pagerduty" -> pagerDuty(secret, body);
            default -> throw new IllegalArgumentException("Unknown source " + source);
        };
    }

    public static Map<String, String> datadog(String secret) {
        return token(secret);
    }

    /** The shared-secret variant, for a business rule that does not sign. */
    public static Map<String, String> serviceNow(String secret) {
        return token(secret);
    }

    /** The signed variant: Base64 of the HMAC over timestamp, dot and body. */
    public static Map<String, String> serviceNow(String secret, byte[] body, Instant sentAt) {
        String timestamp = Long.toString(sentAt.getEpochSecond());
        byte[] stamp = (timestamp + ".").getBytes(StandardCharsets.UTF_8);
        String signature = Base64.getEncoder().encodeToString(hmac(secret, stamp, body));
        return json("X-Fusion-Timestamp", timestamp, "X-Fusion-Signature", "sha256=" + signature);
    }

    /** Several secrets, as while one is being replaced, give several signatures. */
    public static Map<String, String> pagerDuty(byte[] body, String... secrets) {
        StringBuilder signatures = new StringBuilder();
        for (String secret : secrets) {
            signatures.append(signatures.isEmpty() ? "" : ",").append("v1=").append(hex(hmac(secret, body)));
        }
        return json("X-PagerDuty-Signature", signatures.toString());
    }

    public static Map<String, String> pagerDuty(String secret, byte[] body) {
        return pagerDuty(body, secret);
    }

    /** Posts the body unchanged and returns the status. */
    public static int send(String url, byte[] body, Map<String, String> headers) {
        return Http.send("POST", url, body, headers).statusCode();
    }

    private static Map<String, String> token(String secret) {
        return json("X-Fusion-Token", secret);
    }

    private static Map<String, String> json(String... namesAndValues) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    private static Map<String, Instant> times(String body) {
        Map<String, Instant> times = new HashMap<>();
        TIME.matcher(body).results().map(MatchResult::group).forEach(text -> times.put(text, read(text)));
        return times;
    }

    /** Quotes included: {@code "1769860800000"}, {@code "2026-01-31 12:00:00"} or {@code "2026-01-31T12:00:00.414Z"}. */
    private static Instant read(String quoted) {
        String text = quoted.substring(1, quoted.length() - 1);
        if (text.matches("\\d+")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        return Instant.parse(text.endsWith("Z") ? text : text.replace(' ', 'T') + "Z");
    }

    private static String written(Instant time, String like) {
        if (like.matches("\"\\d+\"")) {
            return "\"" + time.toEpochMilli() + "\"";
        }
        if (like.contains("T")) {
            return "\"" + time + "\"";
        }
        return "\""
                + time.truncatedTo(ChronoUnit.SECONDS)
                        .toString()
                        .replace('T', ' ')
                        .replace("Z", "") + "\"";
    }

    static byte[] hmac(String secret, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
