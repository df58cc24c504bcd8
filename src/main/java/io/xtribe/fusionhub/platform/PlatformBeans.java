package io.xtribe.fusionhub.platform;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.catalogue.CatalogueColumns;

/** The platform kit under the names by which Camel finds it. */
class PlatformBeans {

    @Produces
    @Singleton
    @Named(RequestSpec.SCHEME)
    PlatformComponent component(PlatformClients clients) {
        return new PlatformComponent(clients);
    }

    @Produces
    @Singleton
    CatalogueColumns catalogueColumns(Config values) {
        return PlatformCatalogue.columns(values);
    }
}
