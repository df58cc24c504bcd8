package io.xtribe.fusionhub.platform;

import org.apache.camel.CamelContext;

/** A way to carry requests, which a descriptor chooses by its name: {@code transport: http}. */
public interface TransportFactory {

    String name();

    /** Opens a connection pool, or the like, for one platform. */
    Transport open(CamelContext camel, Platform platform);
}
