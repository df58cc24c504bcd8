package io.xtribe.fusionhub.platform;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.config.ConfigProblems;
import io.xtribe.fusionhub.platform.Descriptor.Setting;

/** The values of one platform's keys, {@code fusion.<platform>.<key>}, as its descriptor declares them. */
public final class PlatformSettings {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final String platform;
    private final Map<String, Setting> declared;
    private final Config config;
    private final ObjectNode visible;

    PlatformSettings(Descriptor descriptor, Config config) {
        this.platform = descriptor.name();
        this.declared = descriptor.settings();
        this.config = config;
        this.visible = JsonNodeFactory.instance.objectNode();
        new TreeSet<>(declared.keySet()).forEach(key -> {
            if (!declared.get(key).secret()) {
                visible.put(key, text(key).orElse(""));
            }
        });
    }

    /** The full name of a key, by which it is set. */
    public String key(String name) {
        return "fusion." + platform + "." + name;
    }

    /** The value of a key, or its default; empty when it has neither. */
    public Optional<String> text(String name) {
        var setting = declared.get(name);
        if (setting == null) {
            throw new IllegalArgumentException("platform.yaml of " + platform + " declares no setting '" + name + "'");
        }
        // Asked for by its exact name: a list of all names cannot tell '-' from '.' in an environment variable.
        var value =
                config.getOptionalValue(key(name), String.class).or(() -> Optional.ofNullable(setting.defaultValue()));
        // Paths follow: a slash at the end would be there twice, in requests and in the links that people open.
        return setting.type() == Descriptor.Type.URL ? value.map(url -> url.replaceFirst("/+$", "")) : value;
    }

    /** A value with commas as a list; empty when there is none. */
    public List<String> list(String name) {
        return text(name)
                .map(value -> Arrays.stream(value.split(",")).map(String::strip).toList())
                .orElse(List.of());
    }

    /** The base URL of the platform's API. */
    public URI url() {
        return URI.create(text("url").orElseThrow());
    }

    /** How many calls may be in flight. */
    public int concurrency() {
        return Integer.parseInt(text("concurrency").orElseThrow());
    }

    /** The longest time of one call, connecting included. */
    public Duration timeout() {
        return duration("timeout");
    }

    /**
     * A value as a duration, or its default.
     *
     * @throws IllegalArgumentException when it is none
     */
    public Duration duration(String name) {
        return config.getOptionalValue(key(name), Duration.class).orElseGet(() -> config.getConverter(Duration.class)
                .orElseThrow()
                .convert(declared.get(name).defaultValue()));
    }

    /** All values but the secret ones, for mappings; an empty text where there is none. Not to be changed. */
    public ObjectNode visible() {
        return visible;
    }

    /** What is wrong with them, a line each, with the remedy; empty when nothing is. */
    List<String> problems() {
        return problems(this::problem);
    }

    /** What is wrong with those that have a value, for a command that does not need them all. */
    public List<String> malformed() {
        return problems((name, setting) -> text(name).flatMap(value -> malformed(name, setting, value)));
    }

    private List<String> problems(BiFunction<String, Setting, Optional<String>> check) {
        var problems = new ArrayList<String>();
        for (var name : new TreeSet<>(declared.keySet())) {
            try {
                check.apply(name, declared.get(name)).ifPresent(problems::add);
            } catch (IllegalArgumentException e) {
                problems.add(ConfigProblems.explained(e.getMessage()));
            }
        }
        return problems;
    }

    private Optional<String> problem(String name, Setting setting) {
        var value = text(name);
        if (value.isEmpty()) {
            var wanted = setting.required()
                    || setting.requiredUnless() != null
                            && text(setting.requiredUnless()).isEmpty()
                    || setting.requiredWith() != null
                            && text(setting.requiredWith()).isPresent();
            return wanted ? Optional.of(ConfigProblems.missing(key(name))) : Optional.empty();
        }
        return malformed(name, setting, value.get());
    }

    private Optional<String> malformed(String name, Setting setting, String value) {
        return switch (setting.type()) {
            case TEXT ->
                setting.values().isEmpty() || setting.values().contains(value)
                        ? Optional.empty()
                        : Optional.of(key(name) + " is '" + value + "': use " + String.join(" or ", setting.values()));
            case URL -> ConfigProblems.url(key(name), value, SCHEMES);
            case DURATION -> {
                duration(name);
                yield Optional.empty();
            }
            case NUMBER -> {
                config.getOptionalValue(key(name), Integer.class);
                yield Optional.empty();
            }
        };
    }
}
