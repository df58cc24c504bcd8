package io.xtribe.fusionhub.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.smallrye.config.ConfigValidationException;
import org.eclipse.microprofile.config.Config;

/** Explains what is wrong with the configuration, and what to do. */
public final class ConfigProblems {

    private static final String KEY = "(?<key>[\\w.\"*-]+)";
    // The messages of SmallRye Config, which reports its problems as texts only.
    private static final Pattern MISSING =
            Pattern.compile("SRCFG00014: The config property " + KEY + " is required.*", Pattern.DOTALL);
    private static final Pattern EMPTY = Pattern.compile(
            "SRCFG00040: The config property " + KEY + " is defined as the empty String.*", Pattern.DOTALL);
    private static final Pattern UNREADABLE = Pattern.compile(
            "SRCFG00039: The config property " + KEY + " with the config value \"(?<value>.*?)\" threw an Exception"
                    + " whilst being converted (?<why>.*)",
            Pattern.DOTALL);
    private static final Pattern ALLOWED = Pattern.compile(".*allowed values: (?<values>[\\w,-]+).*", Pattern.DOTALL);

    private ConfigProblems() {}

    /** One line per problem; empty when the failure has another cause than the configuration. */
    public static Optional<String> explain(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigValidationException invalid) {
                return Optional.of(String.join("\n", problems(invalid)));
            }
            if (cause instanceof ConfigCheck.InvalidConfiguration invalid) {
                return Optional.of(invalid.getMessage());
            }
        }
        return Optional.empty();
    }

    /** A required key has no value. */
    public static String missing(String key) {
        return key + " is missing: set it, as environment variable " + ConfigKeys.variable(key)
                + ", or take its platform out of fusion.platforms";
    }

    private static List<String> problems(ConfigValidationException invalid) {
        var lines = new ArrayList<String>();
        for (var i = 0; i < invalid.getProblemCount(); i++) {
            lines.add("- " + explained(invalid.getProblem(i).getMessage()));
        }
        return lines.stream().distinct().toList();
    }

    /** What SmallRye Config says about a value, in words that say what to do. */
    public static String explained(String problem) {
        // An exception's own text begins with its class.
        var text = problem.replaceFirst("^[\\w.]+Exception: ", "");
        var missing = MISSING.matcher(text);
        if (missing.matches()) {
            return missing(missing.group("key"));
        }
        var empty = EMPTY.matcher(text);
        if (empty.matches()) {
            return missing(empty.group("key"));
        }
        var unreadable = UNREADABLE.matcher(text);
        if (unreadable.matches()) {
            var key = unreadable.group("key");
            var value = ConfigKeys.isSecret(key) ? "" : " is '" + unreadable.group("value") + "'";
            return key + value + ": " + remedy(unreadable.group("why"));
        }
        return text;
    }

    /** What is wrong with a URL; empty when it has one of these schemes and names a host. */
    public static Optional<String> url(String key, String text, Set<String> schemes) {
        if (isUrl(text, schemes)) {
            return Optional.empty();
        }
        var withoutPassword = text.replaceFirst("//[^/@]*@", "//***@");
        var begins = schemes.stream().sorted().collect(Collectors.joining(":// or ", "", "://"));
        return Optional.of(
                key + " is '" + withoutPassword + "': use a URL that begins with " + begins + " and names a host");
    }

    private static boolean isUrl(String text, Set<String> schemes) {
        try {
            var url = new URI(text);
            return url.getScheme() != null && schemes.contains(url.getScheme()) && url.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Keys and environment variables that nobody reads, a line each. */
    static List<String> unknown(Config config, Map<String, String> environment, Collection<String> known) {
        var problems = new ArrayList<String>();
        ConfigKeys.unknownKeys(config, known).forEach(key -> problems.add(unknown(key, known)));
        ConfigKeys.unknownVariables(environment, known).forEach(name -> problems.add(unknownVariable(name, known)));
        return problems;
    }

    private static String unknown(String key, Collection<String> known) {
        return key + " is no key of the hub: remove it or correct its spelling; the nearest is "
                + ConfigKeys.nearest(key, known);
    }

    private static String unknownVariable(String name, Collection<String> known) {
        return unknown(name.toLowerCase(Locale.ROOT).replace('_', '.'), known)
                .replaceFirst("^\\S+", "environment variable " + name);
    }

    private static String remedy(String why) {
        var allowed = ALLOWED.matcher(why);
        if (allowed.matches()) {
            return "use one of " + allowed.group("values").replace(",", ", ");
        }
        if (why.contains("Duration")) {
            return "use a duration such as 500ms, 30s, 5m or 1h";
        }
        if (why.contains("SRCFG00029")) {
            return "use a whole number";
        }
        if (why.contains("Illegal character") || why.contains("URISyntax") || why.contains("Expected ")) {
            return "use a URL such as https://host or http://host:port/path";
        }
        return why;
    }
}
