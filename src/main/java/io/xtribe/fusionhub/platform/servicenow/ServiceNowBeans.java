package io.xtribe.fusionhub.platform.servicenow;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.component.servicenow.ServiceNowConfiguration;
import org.apache.cxf.BusFactory;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.platform.availability.Availability;

/** What ServiceNow needs beside its routes: the connection that camel-servicenow uses. */
class ServiceNowBeans {

    private static final long CONNECT_MILLIS = 2_000;

    @Produces
    @Singleton
    @Named("servicenowConnection")
    ServiceNowConfiguration connection(FusionConfig config, ServiceNowToken token, Availability availability) {
        var servicenow = config.servicenow();
        var connection = new ServiceNowConfiguration();
        connection.setApiUrl(servicenow.url() + "/api");
        if (!token.isUsed()) {
            connection.setUserName(servicenow.username().orElse(""));
            connection.setPassword(servicenow.password().orElse(""));
        }
        connection.setExcludeReferenceLink(true);
        // Left alone, camel-servicenow sends these with every call: defaults, and one that the Table API does not name.
        connection.setSuppressAutoSysField(null);
        connection.setSuppressPaginationHeader(null);
        connection.setDisplayValue(null);
        connection.setInputDisplayValue(null);
        connection.setHttpClientPolicy(policy(servicenow.timeout()));
        // The only way into camel-servicenow's client: providers of the CXF bus.
        BusFactory.getDefaultBus()
                .setProperty(
                        "org.apache.cxf.jaxrs.bus.providers",
                        List.of(token, new ServiceNowRefusals(availability.of("servicenow"))));
        return connection;
    }

    /** Connection and answer together take no longer than the timeout. */
    static HTTPClientPolicy policy(Duration timeout) {
        var policy = new HTTPClientPolicy();
        var connect = Math.min(CONNECT_MILLIS, timeout.toMillis() / 2);
        policy.setConnectionTimeout(connect);
        policy.setReceiveTimeout(timeout.toMillis() - connect);
        policy.setAutoRedirect(false);
        // A body of unknown length would be handed over in small pieces between two threads.
        policy.setAllowChunking(false);
        // Otherwise the client offers an upgrade to HTTP/2 on plain HTTP.
        policy.setVersion("1.1");
        return policy;
    }
}
