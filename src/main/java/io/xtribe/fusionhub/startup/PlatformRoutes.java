package io.xtribe.fusionhub.startup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.main.events.AfterConfigure;

import io.xtribe.fusionhub.platform.Platforms;

/** Loads the routes of each platform that takes part, by the exact name of its folder. */
@ApplicationScoped
class PlatformRoutes {

    private final CamelContext camel;
    private final Platforms platforms;

    PlatformRoutes(CamelContext camel, Platforms platforms) {
        this.camel = camel;
        this.platforms = platforms;
    }

    void load(@Observes AfterConfigure event) throws Exception {
        for (var platform : platforms.all()) {
            VendorRoutes.load(camel, platform);
        }
    }
}
