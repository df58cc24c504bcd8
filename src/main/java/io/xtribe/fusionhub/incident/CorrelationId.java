package io.xtribe.fusionhub.incident;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Derives our incident's id from what began, so that two hubs that see the same trigger make the same record. */
public final class CorrelationId {

    private static final Pattern FORM = Pattern.compile("fx-[0-9a-f]{32}");

    private CorrelationId() {}

    /**
     * The id of an incident.
     *
     * @param source the platform of origin
     * @param scope its organisation or instance, may be empty
     * @param key the origin's own key
     * @throws IllegalArgumentException when the key is empty: an empty key would join unrelated incidents
     */
    public static String derive(String source, String scope, String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("an empty origin key never derives a correlation id");
        }
        // Length prefixes keep "a:b" + "c" apart from "a" + "b:c".
        var text = source + ':' + scope.length() + ':' + scope + ':' + key;
        var digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return "fx-" + HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
    }

    /** Whether a text is a correlation id and nothing else. */
    public static boolean matches(String text) {
        return FORM.matcher(text).matches();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
