package io.xtribe.fusionhub.config;

import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigValidationException;
import org.eclipse.microprofile.config.Config;

/** The hub's configuration for a command that does not start the hub: the same sources, keys and messages. */
public final class HubConfiguration {

    /** The configuration is wrong; the message names each key, its value unless secret, and the remedy. */
    public static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String problems) {
            super(problems);
        }
    }

    private HubConfiguration() {}

    /**
     * The configuration.
     *
     * @param hub the hub's own keys
     * @param values the values of all keys, those of the platforms among them
     */
    public record Values(FusionConfig hub, Config values) {}

    /**
     * Reads it from environment, properties and files, as the hub does when it starts. What only a running hub needs may
     * be missing.
     *
     * @param platformKeys yields the keys that the platforms bring
     * @throws Invalid when a key is unknown or a value cannot be read
     */
    public static Values read(Function<Config, Collection<String>> platformKeys) throws Invalid {
        try {
            var values =
                    ConfigUtils.configBuilder().withMapping(FusionConfig.class).build();
            var known = ConfigKeys.with(platformKeys.apply(values));
            var misspelt = ConfigProblems.unknown(values, System.getenv(), known);
            refuse(misspelt);
            return new Values(values.getConfigMapping(FusionConfig.class), values);
        } catch (ConfigValidationException e) {
            throw new Invalid(ConfigProblems.explain(e).orElse(e.getMessage()));
        }
    }

    /** The values of all keys as they are, for a command that can do with wrong ones. */
    public static Config sources() {
        return ConfigUtils.configBuilder().build();
    }

    /**
     * The value of a key that a command cannot do without.
     *
     * @param purpose what it has to be set to, for the message
     */
    public static String required(String key, Optional<String> value, String purpose) throws Invalid {
        return value.filter(text -> !text.isBlank())
                .orElseThrow(() -> new Invalid(key + " is missing: set it, as environment variable "
                        + ConfigKeys.variable(key) + ", to " + purpose));
    }

    /** Refuses what is no address of an HTTP server. */
    public static void requireUrl(String key, URI url) throws Invalid {
        var problem = ConfigProblems.url(key, url.toString(), Set.of("http", "https"));
        if (problem.isPresent()) {
            throw new Invalid(problem.get());
        }
    }

    /**
     * Refuses values that a command cannot use.
     *
     * @param problems a line for each, with the remedy
     */
    public static void refuse(Collection<String> problems) throws Invalid {
        if (!problems.isEmpty()) {
            throw new Invalid("- " + String.join("\n- ", problems));
        }
    }

    /** {@code FUSION_NATS_URL} for {@code fusion.nats.url}. */
    public static String variable(String key) {
        return ConfigKeys.variable(key);
    }
}
