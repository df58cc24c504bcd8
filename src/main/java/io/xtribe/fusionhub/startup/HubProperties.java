package io.xtribe.fusionhub.startup;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.camel.Ordered;
import org.apache.camel.quarkus.main.events.BeforeConfigure;
import org.apache.camel.spi.PropertiesSource;
import org.eclipse.microprofile.config.Config;

/**
 * Answers the {@code {{key}}} of routes from the configuration, before Camel asks its own source. That source can list its keys, and for
 * each key that such a source knows Camel reads all keys and their values, only to log where the value is from. This one cannot list its
 * keys. docs/adr/0049.
 */
@Singleton
public class HubProperties implements PropertiesSource, Ordered {

    private final Config config;

    HubProperties(Config config) {
        this.config = config;
    }

    void configure(@Observes BeforeConfigure event) {
        event.getMain().getCamelContext().getPropertiesComponent().addPropertiesSource(this);
    }

    @Override
    public String getName() {
        return "HubProperties";
    }

    @Override
    public String getProperty(String name) {
        return config.getOptionalValue(name, String.class).orElse(null);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST;
    }
}
