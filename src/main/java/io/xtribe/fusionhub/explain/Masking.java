package io.xtribe.fusionhub.explain;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.platform.Platform;

/**
 * Takes secrets out of what is shown: the values of all secret settings of this process, wherever they stand, and what looks like a
 * credential in a URL, a header or a member.
 */
final class Masking {

    private static final String MASK = "***";
    /** What is shorter stands in too many other words. */
    private static final int LEAST_LENGTH = 4;

    private static final String SECRET_WORDS =
            "secret|password|passwd|token|api[._-]?key|app[._-]?key|access[._-]?key|session[._-]?key|encryption[._-]?key|credentials?";
    private static final Pattern SECRET_KEY =
            Pattern.compile("(?i)(fusion|quarkus)[._].*[._-](secret|password|token|key)(\\[\\d+]|_\\d+_)?");
    private static final Pattern USER_INFO = Pattern.compile("(\\b[a-zA-Z][\\w+.-]*://)[^/@\\s]+@");
    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)([?&;](?:[\\w.-]*(?:" + SECRET_WORDS + ")|sig|signature|auth|jwt|code)=)[^&;\\s\"'<>]+");
    private static final Pattern BEARER =
            Pattern.compile("(?i)\\b((?:bearer|basic)\\s+)(?!\\*{3})[A-Za-z0-9._~+/=-]{8,}");
    private static final Pattern MEMBER =
            Pattern.compile("(?i)(.*[._-])?(" + SECRET_WORDS + "|authorization|cookie|set-cookie|x-fusion-token)");

    private final List<String> secrets;

    private Masking(Stream<String> secrets) {
        this.secrets = secrets.flatMap(value -> Stream.concat(Stream.of(value), Stream.of(value.split(","))))
                .map(String::strip)
                .filter(value -> value.length() >= LEAST_LENGTH && !value.equals("true") && !value.equals("false"))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Of the settings of these platforms and of the process. */
    static Masking of(Config config, Collection<Platform> platforms) {
        return new Masking(Stream.concat(
                platforms.stream().flatMap(platform -> platform.secrets().stream()),
                StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                        .filter(name -> SECRET_KEY.matcher(name).matches())
                        .flatMap(name -> value(config, name).stream())));
    }

    private static Optional<String> value(Config config, String name) {
        try {
            return config.getOptionalValue(name, String.class);
        } catch (IllegalArgumentException e) {
            // Its value names another setting that has none.
            return Optional.empty();
        }
    }

    /** The same tree with masks. */
    JsonNode mask(JsonNode node) {
        return mask("", node);
    }

    private JsonNode mask(String name, JsonNode node) {
        if (node.isObject()) {
            var object = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(member -> object.set(mask(member.getKey()), mask(member.getKey(), member.getValue())));
            return object;
        }
        if (node.isArray()) {
            var list = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> list.add(mask(name, element)));
            return list;
        }
        if (!node.isTextual()) {
            return node;
        }
        var isSecret = MEMBER.matcher(name).matches()
                && !node.asText().contains(MASK)
                && !node.asText().isEmpty();
        return TextNode.valueOf(isSecret ? MASK : mask(node.asText()));
    }

    /** A text with masks. */
    String mask(String text) {
        var next = text;
        for (var secret : secrets) {
            next = next.replace(secret, MASK);
        }
        next = USER_INFO.matcher(next).replaceAll("$1" + MASK + "@");
        next = PARAMETER.matcher(next).replaceAll("$1" + MASK);
        return BEARER.matcher(next).replaceAll("$1" + MASK);
    }
}
