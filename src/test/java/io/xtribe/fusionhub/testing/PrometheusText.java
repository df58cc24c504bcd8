package io.xtribe.fusionhub.testing;

import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads values out of a scrape in the Prometheus text format. */
final class PrometheusText {
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private PrometheusText() {}

    /** The sum of the samples of that name which carry all the labels ({@code name=value}); empty when there is none. */
    static OptionalDouble value(String text, String name, String... labels) {
        Pattern sample = Pattern.compile("^" + Pattern.quote(name) + "(?:\\{(.*)\\})?\\s+(\\S+)(?:\\s.*)?$");
        Set<String> wanted = Set.of(labels);
        OptionalDouble sum = OptionalDouble.empty();
        for (String line : text.lines().toList()) {
            Matcher matcher = sample.matcher(line);
            if (matcher.matches() && labels(matcher.group(1)).containsAll(wanted)) {
                sum = OptionalDouble.of(sum.orElse(0) + number(matcher.group(2)));
            }
        }
        return sum;
    }

    private static Set<String> labels(String text) {
        Set<String> labels = new HashSet<>();
        if (text != null) {
            LABEL.matcher(text).results().forEach(label -> labels.add(label.group(1) + "=" + unescape(label.group(2))));
        }
        return labels;
    }

    private static String unescape(String value) {
        return Pattern.compile("\\\\(.)").matcher(value).replaceAll(escaped -> {
            String character = escaped.group(1).equals("n") ? "\n" : escaped.group(1);
            return Matcher.quoteReplacement(character);
        });
    }

    private static double number(String value) {
        return switch (value) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(value);
        };
    }
}
