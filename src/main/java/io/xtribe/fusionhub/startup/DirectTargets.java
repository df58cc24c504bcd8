package io.xtribe.fusionhub.startup;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code direct:} routes that a URI of a route leads to. A dynamic one is spelt out for every value that the hub puts
 * into the exchange property it names.
 */
final class DirectTargets {

    private static final String SCHEME = "direct:";
    private static final Pattern PROPERTY =
            Pattern.compile("\\$(?:simple)?\\{exchangeProperty(?:\\.(?<dotted>\\w+)|\\[['\"]?(?<named>\\w+)['\"]?])}");

    private final Map<String, ? extends Collection<String>> values;

    /** @param values the values of each exchange property that a URI may use */
    DirectTargets(Map<String, ? extends Collection<String>> values) {
        this.values = values;
    }

    /** The name after {@code direct:}; empty for other schemes. */
    static Optional<String> name(String uri) {
        if (uri == null || !uri.startsWith(SCHEME)) {
            return Optional.empty();
        }
        return Optional.of(
                uri.substring(SCHEME.length()).replaceFirst("^//", "").replaceFirst("\\?.*", ""));
    }

    /** All names that it may become; empty when that cannot be determined. */
    Optional<Set<String>> of(String name) {
        var property = PROPERTY.matcher(name);
        if (!property.find()) {
            return name.contains("${") || name.contains("$simple{") ? Optional.empty() : Optional.of(Set.of(name));
        }
        var key = property.group("dotted") != null ? property.group("dotted") : property.group("named");
        if (!values.containsKey(key)) {
            return Optional.empty();
        }
        var names = new LinkedHashSet<String>();
        for (var value : values.get(key)) {
            var spelt = of(name.substring(0, property.start()) + value + name.substring(property.end()));
            if (spelt.isEmpty()) {
                return Optional.empty();
            }
            names.addAll(spelt.get());
        }
        return Optional.of(names);
    }

    /** The exchange properties that a URI may use. */
    List<String> properties() {
        return values.keySet().stream().sorted().toList();
    }
}
