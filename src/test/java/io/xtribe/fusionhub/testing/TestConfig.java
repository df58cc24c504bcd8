package io.xtribe.fusionhub.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Properties;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import io.xtribe.fusionhub.config.FusionConfig;

/** The hub's configuration without Quarkus. */
public final class TestConfig {

    private TestConfig() {}

    /** As Quarkus reads it: only what the mapping knows, durations with their unit. */
    public static FusionConfig of(Properties properties) {
        var values = new HashMap<String, String>();
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("fusion."))
                .forEach(name -> values.put(name, properties.getProperty(name)));
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(FusionConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .build()
                .getConfigMapping(FusionConfig.class);
    }
}
