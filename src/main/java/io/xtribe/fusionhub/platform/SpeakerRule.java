package io.xtribe.fusionhub.platform;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the hub knows which account, instance or organisation of the vendor a webhook comes from: {@code speaker} in
 * {@code platform.yaml}. A signal names it as its {@code account}, or else as its {@code scope}.
 *
 * @param what what the vendor calls it, for messages: {@code instance}
 * @param setting which setting lists those that may speak, with commas between
 * @param name whose first group is the name within what a signal or the vendor's API tells; missing where all of it is
 * @param host whose first group is the name within the host of the base URL, where that tells it; may be missing
 * @param asks whether the route {@code <platform>-speaker} asks the vendor's API for it when neither setting nor host tell
 * @param get the request that this route makes, or null: it is written in the platform's route file
 */
public record SpeakerRule(String what, String setting, Pattern name, Pattern host, boolean asks, GetRequest get) {

    private static final Pattern ALL = Pattern.compile("(.*)", Pattern.DOTALL);

    /**
     * The rule.
     *
     * @throws IllegalArgumentException when it cannot be used
     */
    public SpeakerRule {
        if (what == null || setting == null) {
            throw new IllegalArgumentException("'speaker' needs 'what' and 'setting'");
        }
        if (get != null && !asks) {
            throw new IllegalArgumentException("'speaker' has 'get', but not 'asks: true': add it, or leave 'get' out");
        }
        name = grouped("name", name == null ? ALL : name);
        host = host == null ? null : grouped("host", host);
    }

    private static Pattern grouped(String member, Pattern pattern) {
        if (pattern.matcher("").groupCount() < 1) {
            throw new IllegalArgumentException(
                    "'" + member + "' of 'speaker' needs a group in parentheses: the name of who speaks");
        }
        return pattern;
    }

    /** The name within what was told; all of it where it is of another form. */
    String nameIn(String told) {
        return found(name, told).orElse(told);
    }

    /** The same; empty where it is of another form. */
    Optional<String> nameIfAny(String told) {
        return found(name, told).filter(text -> !text.isEmpty());
    }

    /** The name in the host of the base URL. */
    Optional<String> nameOfHost(String url) {
        return host == null || url == null ? Optional.empty() : found(host, url);
    }

    private static Optional<String> found(Pattern pattern, String text) {
        var match = pattern.matcher(text);
        return match.matches() ? Optional.ofNullable(match.group(1)) : Optional.empty();
    }
}
