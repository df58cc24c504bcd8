package io.xtribe.fusionhub.platform;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The platform kit under the names by which Camel finds it. */
class PlatformBeans {

    @Produces
    @Singleton
    @Named(RequestSpec.SCHEME)
    PlatformComponent component(PlatformClients clients) {
        return new PlatformComponent(clients);
    }
}
