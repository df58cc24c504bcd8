package io.xtribe.fusionhub.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceHelper;

import io.xtribe.fusionhub.platform.availability.PlatformAvailability;

/** The usual transport: JSON over HTTP, by camel-http. */
@Singleton
class HttpTransports implements TransportFactory {

    static final String NAME = "http";

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Transport open(CamelContext camel, Platform platform, PlatformAvailability availability) {
        var settings = platform.settings();
        var endpoint = camel.getEndpoint(
                settings.url() + "?throwExceptionOnFailure=false&skipRequestHeaders=true&connectionsPerRoute="
                        + settings.concurrency() + times(settings.timeout()),
                HttpEndpoint.class);
        var token = OAuthToken.of(platform, availability);
        var client = HttpClients.configurer(settings, platform.headers());
        endpoint.setHttpClientConfigurer(
                token.map(held -> HttpClients.withToken(client, held)).orElse(client));
        try {
            var producer = endpoint.createProducer();
            CamelContextAware.trySetCamelContext(producer, camel);
            ServiceHelper.startService(endpoint, producer);
            var transport = new HttpTransport(camel, platform.name(), producer, availability);
            return token.isPresent() ? new TokenTransport(transport, token.get()) : transport;
        } catch (Exception e) {
            throw new IllegalStateException("no HTTP client for " + platform.name(), e);
        }
    }

    /** The endpoint has limits of its own, which must not be shorter. */
    private static String times(Duration timeout) {
        var all = timeout.toMillis();
        return "&httpClient.connectTimeout="
                + HttpClients.connectTimeout(timeout).toMillis()
                + "&httpClient.connectionRequestTimeout=" + all + "&httpClient.responseTimeout=" + all;
    }

    private record HttpTransport(
            CamelContext camel, String platform, Producer producer, PlatformAvailability availability)
            implements Transport {

        @Override
        public JsonNode send(PlatformRequest request, Consumer<UnaryOperator<String>> headers) throws Exception {
            // An exchange of its own: whatever stands in the headers of the route's message must not be sent.
            var exchange = new DefaultExchange(camel);
            var message = exchange.getIn();
            // As an object: camel-http would look for a converter of the text, with every call.
            message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(request.method()));
            message.setHeader(Exchange.HTTP_PATH, request.path());
            if (!request.query().isEmpty()) {
                message.setHeader(Exchange.HTTP_QUERY, request.query());
            }
            if (request.body() != null) {
                message.setHeader(Exchange.CONTENT_TYPE, "application/json");
                message.setBody(JSON.writeValueAsBytes(request.body()));
            }
            producer.process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            UnaryOperator<String> told = name -> exchange.getMessage().getHeader(name, String.class);
            headers.accept(told);
            return read(exchange.getMessage(), told);
        }

        private JsonNode read(Message answer, UnaryOperator<String> headers) {
            var bytes = answer.getBody(byte[].class);
            var status = answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
            if (status == null || status < 200 || status > 299) {
                throw FailureClassifier.ofAnswer(
                        platform, status == null ? 0 : status, words(bytes), availability.retryAfter(headers));
            }
            if (bytes == null || bytes.length == 0) {
                return MissingNode.getInstance();
            }
            try {
                return JSON.readTree(bytes);
            } catch (IOException e) {
                throw FailureClassifier.ofPage(platform, words(bytes));
            }
        }

        @Override
        public void close() {
            ServiceHelper.stopService(producer);
        }

        private static String words(byte[] bytes) {
            return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
