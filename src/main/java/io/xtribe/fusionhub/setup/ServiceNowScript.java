package io.xtribe.fusionhub.setup;

import java.util.Map;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * ServiceNow has no webhooks to subscribe to: an administrator pastes this script. It reads its secret from a system
 * property of the instance, so that the script itself holds none.
 */
final class ServiceNowScript {
    private static final String FILE = "servicenow-business-rule.js";
    /** The hub's user where the configuration does not name it. */
    static final String USER = "svc.fusion";

    private ServiceNowScript() {}

    /**
     * The script with its values filled in.
     *
     * @param endpoint where ServiceNow shall post to
     * @param user the hub's user there, whose changes the script does not send
     * @param signs whether it signs with the secret, rather than sending it as a token
     */
    static String filledIn(String user, String endpoint, boolean signs) {
        String script = Templates.read(FILE);
        var values = Map.of(
                "FUSION_URL", endpoint,
                "FUSION_USER", user,
                "FUSION_SIGN", Boolean.toString(signs));
        for (var value : values.entrySet()) {
            String placeholder = "{{" + value.getKey() + "}}";
            if (!script.contains(placeholder)) {
                throw new IllegalStateException(FILE + " has no " + placeholder);
            }
            script = script.replace(placeholder, quoted(value.getValue()));
        }
        return script;
    }

    /** Placeholders are within string literals. */
    private static String quoted(String value) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value))
                .replace("'", "\\'");
    }
}
