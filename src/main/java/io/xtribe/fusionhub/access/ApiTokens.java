package io.xtribe.fusionhub.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;

/** The bearer tokens of programs, one for each role. */
@Singleton
class ApiTokens {

    private static final String SCHEME = "Bearer ";

    private final Map<Role, byte[]> digests = new EnumMap<>(Role.class);

    ApiTokens(FusionConfig config) {
        put(Role.VIEWER, config.api().viewerToken());
        put(Role.OPERATOR, config.api().token());
        put(Role.ADMIN, config.api().adminToken());
    }

    private void put(Role role, Optional<String> token) {
        token.filter(text -> !text.isBlank()).ifPresent(text -> digests.put(role, digest(text.strip())));
    }

    /**
     * The highest role that a token has.
     *
     * @param authorization the header of a request
     */
    Optional<Role> role(String authorization) {
        var given = isBearer(authorization)
                ? authorization.substring(SCHEME.length()).strip()
                : "";
        var asked = digest(given);
        Role found = null;
        // All are compared, and digests are of one length: neither content nor length shows in the time that it takes.
        for (var known : digests.entrySet()) {
            if (MessageDigest.isEqual(known.getValue(), asked)) {
                found = known.getKey();
            }
        }
        return Optional.ofNullable(found);
    }

    /** Whether the header of a request holds a bearer token, whosever it is. */
    static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
