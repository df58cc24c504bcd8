package io.xtribe.fusionhub.platform.servicenow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Producer;
import org.apache.camel.component.servicenow.ServiceNowComponent;
import org.apache.camel.component.servicenow.ServiceNowConfiguration;
import org.apache.camel.component.servicenow.ServiceNowParams;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.cxf.BusFactory;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;

import io.xtribe.fusionhub.platform.ForwardProxy;
import io.xtribe.fusionhub.platform.HttpClients;
import io.xtribe.fusionhub.platform.OAuthToken;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.PlatformRequest;
import io.xtribe.fusionhub.platform.TokenTransport;
import io.xtribe.fusionhub.platform.Transport;
import io.xtribe.fusionhub.platform.TransportFactory;
import io.xtribe.fusionhub.platform.availability.PlatformAvailability;

/**
 * Requests of the Table API, by camel-servicenow. Its token and its answers are looked at by filters of the CXF bus, of which
 * there is one in a JVM: so a hub can have one instance of ServiceNow.
 */
@Singleton
class ServiceNowTransports implements TransportFactory {

    @Override
    public String name() {
        return "camel-servicenow";
    }

    @Override
    public PlatformRequest asSent(PlatformRequest request) {
        // camel-servicenow asks for ids in place of links, whatever a route asks for.
        var query = (request.query().isEmpty() ? "" : request.query() + "&")
                + ServiceNowParams.SYSPARM_EXCLUDE_REFERENCE_LINK.getId() + "=true";
        return new PlatformRequest(request.method(), request.path(), query, request.body());
    }

    @Override
    public Transport open(CamelContext camel, Platform platform, PlatformAvailability availability) {
        var token = OAuthToken.of(platform, availability);
        var listener = new AnswerListener();
        camel.getComponent("servicenow", ServiceNowComponent.class)
                .setConfiguration(connection(platform, token, availability, listener));
        try {
            var endpoint = camel.getEndpoint("servicenow:fusion?resource=table&table=incident");
            var producer = endpoint.createProducer();
            CamelContextAware.trySetCamelContext(producer, camel);
            ServiceHelper.startService(endpoint, producer);
            var transport = new ServiceNowTransport(camel, producer, listener);
            return token.isPresent() ? new TokenTransport(transport, token.get()) : transport;
        } catch (Exception e) {
            throw new IllegalStateException("no client for " + platform.name(), e);
        }
    }

    private static ServiceNowConfiguration connection(
            Platform platform, Optional<OAuthToken> token, PlatformAvailability availability, AnswerListener listener) {
        var settings = platform.settings();
        var connection = new ServiceNowConfiguration();
        connection.setApiUrl(settings.url() + "/api");
        if (token.isEmpty()) {
            connection.setUserName(settings.text("username").orElse(""));
            connection.setPassword(settings.text("password").orElse(""));
        }
        connection.setExcludeReferenceLink(true);
        // Left alone, camel-servicenow sends these with every call: defaults, and one that the Table API does not name.
        connection.setSuppressAutoSysField(null);
        connection.setSuppressPaginationHeader(null);
        connection.setDisplayValue(null);
        connection.setInputDisplayValue(null);
        var proxy = ForwardProxy.to(settings.url());
        connection.setHttpClientPolicy(policy(settings.timeout(), proxy));
        // The only way into camel-servicenow's client: providers of the CXF bus.
        var providers = new ArrayList<Object>();
        token.map(TokenFilter::new).ifPresent(providers::add);
        var calls = new OutgoingCalls(proxy, settings.timeout());
        providers.add(calls);
        providers.add(new ServiceNowRefusals(platform, availability, calls, listener));
        BusFactory.getDefaultBus().setProperty("org.apache.cxf.jaxrs.bus.providers", providers);
        return connection;
    }

    /** Connection and answer together take no longer than the timeout. */
    private static HTTPClientPolicy policy(Duration timeout, Optional<ForwardProxy> proxy) {
        var policy = new HTTPClientPolicy();
        var connect = HttpClients.connectTimeout(timeout).toMillis();
        policy.setConnectionTimeout(connect);
        policy.setReceiveTimeout(timeout.toMillis() - connect);
        policy.setAutoRedirect(false);
        // A body of unknown length would be handed over in small pieces between two threads.
        policy.setAllowChunking(false);
        // Otherwise the client offers an upgrade to HTTP/2 on plain HTTP.
        policy.setVersion("1.1");
        proxy.ifPresent(ForwardProxy::knowsUsInTunnels);
        policy.setProxyServer(proxy.map(ForwardProxy::host).orElse("none"));
        policy.setProxyServerPort(proxy.map(ForwardProxy::port).orElse(1));
        if (proxy.isEmpty()) {
            // Without a proxy of its own it would look for one by rules of its own.
            policy.setNonProxyHosts("*");
        }
        return policy;
    }

    private record ServiceNowTransport(CamelContext camel, Producer producer, AnswerListener listener)
            implements Transport {

        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public JsonNode send(PlatformRequest request, Consumer<UnaryOperator<String>> headers) throws Exception {
            var exchange = new DefaultExchange(camel);
            TableRequest.of(request).headers().forEach(exchange.getIn()::setHeader);
            var sent = request.body() == null ? null : JSON.convertValue(request.body(), Map.class);
            exchange.getIn().setBody(sent);
            listener.listen(headers);
            try {
                producer.process(exchange);
            } finally {
                listener.end();
            }
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            var answer = exchange.getMessage().getBody();
            // Where there is no result in the answer, what was sent stands in the message still.
            if (answer == null || answer == sent) {
                return MissingNode.getInstance();
            }
            if (answer instanceof Map || answer instanceof Collection) {
                return JSON.valueToTree(answer);
            }
            // For example the HTML page of a hibernating instance, with status 200.
            throw new PlatformException(
                    Kind.UNKNOWN_OUTCOME, 0, "servicenow answered with something that is not JSON", null, null);
        }

        @Override
        public void close() {
            ServiceHelper.stopService(producer);
        }
    }
}
