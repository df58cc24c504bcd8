package io.xtribe.fusionhub.lab.sandbox.servicenow;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Settings;

/** OAuth at {@code /oauth_token.do}: every refusal looks the same, and a living token is handed out again. */
final class Tokens {
    private static final long LIFE_MS = 1_799_000;

    private final Settings settings;
    private String access;
    private String refresh;
    private long expires;

    Tokens(Settings settings) {
        this.settings = settings;
    }

    Answer issue(Exchange call) {
        String grant = String.valueOf(call.form("grant_type"));
        boolean client = settings.credential("servicenow.clientId").equals(call.form("client_id"))
                && settings.credential("servicenow.clientSecret").equals(call.form("client_secret"));
        boolean granted =
                switch (grant) {
                    case "password" ->
                        settings.credential("servicenow.username").equals(call.form("username"))
                                && settings.credential("servicenow.password").equals(call.form("password"));
                    case "client_credentials" -> settings.feature("servicenow.clientCredentials");
                    case "refresh_token" -> refresh != null && refresh.equals(call.form("refresh_token"));
                    default -> false;
                };
        if (!client || !granted) {
            return refusal();
        }
        long now = System.currentTimeMillis();
        if (access == null || expires <= now) {
            access = Identifiers.hex() + Identifiers.hex();
            expires = now + LIFE_MS;
        }
        var body = Json.object().put("access_token", access);
        if (!grant.equals("refresh_token")) {
            refresh = refresh == null ? Identifiers.hex() + Identifiers.hex() : refresh;
            body.put("refresh_token", refresh);
        }
        return Answer.of(
                200,
                body.put("scope", "useraccount").put("token_type", "Bearer").put("expires_in", (expires - now) / 1000));
    }

    /** Not the error envelope of the Table API, and the same for every error. */
    static Answer refusal() {
        return Answer.of(401, "{\"error_description\":\"access_denied\",\"error\":\"server_error\"}");
    }

    boolean accepts(String token) {
        return access != null && access.equals(token) && expires > System.currentTimeMillis();
    }

    void clear() {
        access = null;
        refresh = null;
    }
}
