package io.xtribe.fusionhub.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Properties;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.HubConfiguration;

/** The hub's configuration without Quarkus. */
public final class TestConfig {

    private TestConfig() {}

    /** As Quarkus reads it: only what the mapping knows, durations with their unit. */
    public static FusionConfig of(Properties properties) {
        return values(properties).getConfigMapping(FusionConfig.class);
    }

    /** Both. */
    public static HubConfiguration.Values hub(Properties properties) {
        return new HubConfiguration.Values(of(properties), values(properties));
    }

    /** The values of all keys, those of the platforms among them. */
    public static SmallRyeConfig values(Properties properties) {
        var values = new HashMap<String, String>();
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("fusion."))
                .forEach(name -> values.put(name, properties.getProperty(name)));
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(FusionConfig.class)
                .withDefaultValue("smallrye.config.mapping.validate-unknown", "false")
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .build();
    }
}
