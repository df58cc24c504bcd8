package io.xtribe.fusionhub.platform;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

import io.xtribe.fusionhub.trace.Traces;

/**
 * Sets up the HTTP client of a platform: authentication added where no route, trace or log can see it, and an end to
 * every call that has reached its deadline, however slowly bytes keep dripping in.
 */
public final class HttpClients {

    private static final String AUTHORIZATION = "Authorization";
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);

    private HttpClients() {}

    /** How long a connection may take to be made, of the time that a call has; the same for all transports. */
    public static Duration connectTimeout(Duration timeout) {
        var half = timeout.dividedBy(2);
        return half.compareTo(LONGEST_CONNECT) < 0 ? half : LONGEST_CONNECT;
    }

    /** The client of a platform: with these headers, its timeout, and through the proxy on the way to it. */
    static HttpClientConfigurer configurer(PlatformSettings settings, Map<String, String> headers) {
        return configurer(settings.url(), headers, settings.timeout());
    }

    /** A client of what is at that address: with these headers, and through the proxy on the way to it. */
    public static HttpClientConfigurer configurer(URI url, Map<String, String> headers, Duration timeout) {
        var client = configurer(headers, timeout);
        return ForwardProxy.to(url).map(proxy -> through(proxy, client)).orElse(client);
    }

    private static HttpClientConfigurer through(ForwardProxy proxy, HttpClientConfigurer client) {
        return builder -> {
            builder.setProxy(new HttpHost("http", proxy.host(), proxy.port()));
            if (!proxy.user().isEmpty()) {
                var known = new BasicCredentialsProvider();
                known.setCredentials(
                        new AuthScope(proxy.host(), proxy.port()),
                        new UsernamePasswordCredentials(
                                proxy.user(), proxy.password().toCharArray()));
                builder.setDefaultCredentialsProvider(known);
            }
            client.configureHttpClient(builder);
        };
    }

    /** A client that sends these headers, the secret ones among them, and those of a trace, and gives up after this time. */
    public static HttpClientConfigurer configurer(Map<String, String> headers, Duration timeout) {
        return (HttpClientBuilder builder) -> builder.addRequestInterceptorLast((request, entity, context) -> {
                    headers.forEach(request::setHeader);
                    Traces.inject(request::setHeader);
                })
                .addExecInterceptorFirst("deadline", (request, scope, chain) -> {
                    if (scope.execRuntime instanceof Cancellable call) {
                        Deadlines.after(timeout, call, Cancellable::cancel);
                    }
                    return chain.proceed(request, scope);
                })
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement();
    }

    /** The same client, whose requests carry a token. */
    static HttpClientConfigurer withToken(HttpClientConfigurer client, OAuthToken token) {
        return builder -> {
            builder.addRequestInterceptorLast(
                    (request, entity, context) -> request.setHeader(AUTHORIZATION, token.authorization()));
            builder.addResponseInterceptorLast((response, entity, context) -> {
                if (response.getCode() == 401) {
                    var sent = HttpCoreContext.cast(context).getRequest().getFirstHeader(AUTHORIZATION);
                    token.refused(sent == null ? "" : sent.getValue());
                }
            });
            client.configureHttpClient(builder);
        };
    }
}
