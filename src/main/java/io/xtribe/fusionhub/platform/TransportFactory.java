package io.xtribe.fusionhub.platform;

import org.apache.camel.CamelContext;

import io.xtribe.fusionhub.platform.availability.PlatformAvailability;

/** A way to carry requests, which a descriptor chooses by its name: {@code transport: http}. */
public interface TransportFactory {

    String name();

    /** A request with what the transport adds to its query by itself. */
    default PlatformRequest asSent(PlatformRequest request) {
        return request;
    }

    /**
     * Opens a connection pool, or the like, for one platform.
     *
     * @param availability understands the vendor's headers that say how long to wait
     */
    Transport open(CamelContext camel, Platform platform, PlatformAvailability availability);
}
