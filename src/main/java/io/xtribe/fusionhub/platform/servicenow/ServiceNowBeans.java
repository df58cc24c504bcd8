package io.xtribe.fusionhub.platform.servicenow;

import java.util.List;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.component.servicenow.ServiceNowConfiguration;
import org.apache.cxf.BusFactory;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;

import io.xtribe.fusionhub.FusionConfig;

/** What ServiceNow needs beside its routes: the connection that camel-servicenow uses. */
class ServiceNowBeans {

    private static final long CONNECT_MILLIS = 2_000;

    @Produces
    @Singleton
    @Named("servicenowConnection")
    ServiceNowConfiguration connection(FusionConfig config) {
        var servicenow = config.servicenow();
        var connection = new ServiceNowConfiguration();
        connection.setApiUrl(servicenow.url() + "/api");
        connection.setUserName(servicenow.username().orElse(""));
        connection.setPassword(servicenow.password().orElse(""));
        servicenow.clientId().ifPresent(id -> {
            connection.setOauthClientId(id);
            connection.setOauthClientSecret(servicenow.clientSecret().orElse(""));
            connection.setOauthTokenUrl(servicenow.url() + "/oauth_token.do");
        });
        connection.setExcludeReferenceLink(true);
        connection.setHttpClientPolicy(policy(servicenow.timeout().toMillis()));
        // The only door into camel-servicenow's client: providers of the CXF bus.
        BusFactory.getDefaultBus().setProperty("org.apache.cxf.jaxrs.bus.providers", List.of(new ServiceNowRefusals()));
        return connection;
    }

    private static HTTPClientPolicy policy(long timeoutMillis) {
        var policy = new HTTPClientPolicy();
        var connect = Math.min(CONNECT_MILLIS, timeoutMillis / 2);
        policy.setConnectionTimeout(connect);
        policy.setReceiveTimeout(timeoutMillis - connect);
        policy.setAutoRedirect(false);
        // Otherwise the client offers an upgrade to HTTP/2 on plain HTTP.
        policy.setVersion("1.1");
        return policy;
    }
}
