package io.xtribe.fusionhub.platform;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Sets up the HTTP client of a platform: authentication added where no route, trace or log can see it, and an end to
 * every call that has reached its deadline, however slowly bytes keep dripping in.
 */
public final class HttpClients {

    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "call-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private HttpClients() {}

    /** A client that sends these headers, the secret ones among them, and gives up after this time. */
    public static HttpClientConfigurer configurer(Map<String, String> headers, Duration timeout) {
        return (HttpClientBuilder builder) -> builder.addRequestInterceptorLast(
                        (request, entity, context) -> headers.forEach(request::setHeader))
                .addExecInterceptorFirst("deadline", (request, scope, chain) -> {
                    if (scope.execRuntime instanceof Cancellable call) {
                        DEADLINES.schedule(call::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
                    }
                    return chain.proceed(request, scope);
                })
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement();
    }
}
