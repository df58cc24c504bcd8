package io.xtribe.fusionhub.platform;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/**
 * Sets up the HTTP client of a platform: authentication added where no route, trace or log can see it, and an end to
 * every call that has reached its deadline, however slowly bytes keep dripping in.
 */
public final class HttpClients {

    /** A wheel, as hardly a deadline is ever reached: a scheduler would wake its thread for the others too, and cost more. */
    private static final Timer DEADLINES =
            new HashedWheelTimer(new DefaultThreadFactory("call-deadlines", true), 250, TimeUnit.MILLISECONDS);

    private static final String AUTHORIZATION = "Authorization";

    private HttpClients() {}

    /** A client that sends these headers, the secret ones among them, and gives up after this time. */
    public static HttpClientConfigurer configurer(Map<String, String> headers, Duration timeout) {
        return (HttpClientBuilder builder) -> builder.addRequestInterceptorLast(
                        (request, entity, context) -> headers.forEach(request::setHeader))
                .addExecInterceptorFirst("deadline", (request, scope, chain) -> {
                    if (scope.execRuntime instanceof Cancellable call) {
                        cancelIfUnderWay(new WeakReference<>(call), timeout);
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

    /** A call that is over is held by nobody else, and must not be kept, request and all, until its time is up. */
    private static void cancelIfUnderWay(Reference<Cancellable> call, Duration timeout) {
        DEADLINES.newTimeout(
                reached -> {
                    var underWay = call.get();
                    if (underWay != null) {
                        underWay.cancel();
                    }
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
