package io.xtribe.fusionhub.lab.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.xtribe.fusionhub.platform.ForwardProxy;

/** Speaks HTTP for the commands that are no hub: blocking, and no call longer than its limit. */
public final class Web {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Duration longestCall;
    private final HttpClient client;
    private final Map<String, String> always;

    /** With calls of at most five seconds. */
    public Web() {
        this(Duration.ofSeconds(5));
    }

    public Web(Duration longestCall) {
        this(longestCall, Optional.empty());
    }

    /** Through a proxy, where there is one on the way. */
    public Web(Duration longestCall, Optional<ForwardProxy> proxy) {
        this.longestCall = longestCall;
        proxy.ifPresent(ForwardProxy::knowsUsInTunnels);
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .proxy(proxy.map(way -> ProxySelector.of(new InetSocketAddress(way.host(), way.port())))
                        .orElse(HttpClient.Builder.NO_PROXY))
                .build();
        always = proxy.flatMap(ForwardProxy::authorization)
                .map(who -> Map.of("Proxy-Authorization", who))
                .orElse(Map.of());
    }

    /** An answer with any status. */
    public record Reply(int status, String contentType, String body) {
        public JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }

    public Reply get(String url, Map<String, String> headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).GET(), headers);
    }

    /** Whether a server answers 200 there. */
    public boolean isOk(String url) throws InterruptedException {
        try {
            return get(url, Map.of()).status() == 200;
        } catch (IOException noAnswer) {
            return false;
        }
    }

    /** The JSON of a 200; anything else is a failure that names the call. */
    public JsonNode json(String url, Map<String, String> headers) throws IOException, InterruptedException {
        return parsed("GET " + url, get(url, headers));
    }

    /** Posts JSON without credentials; anything but success is a failure that names the call. */
    public JsonNode post(String url, String json) throws IOException, InterruptedException {
        return send("POST", url, json);
    }

    /** The same with another method. */
    public JsonNode send(String method, String url, String json) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.ofString(json));
        return parsed(method + " " + url, send(request, Map.of("Content-Type", "application/json")));
    }

    /** Any call; the body is JSON, or null for none. */
    public Reply send(String method, String url, Map<String, String> headers, String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return send(request, headers);
    }

    private Reply send(HttpRequest.Builder request, Map<String, String> headers)
            throws IOException, InterruptedException {
        headers.forEach(request::header);
        always.forEach(request::header);
        HttpResponse<String> response =
                client.send(request.timeout(longestCall).build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }

    private static JsonNode parsed(String call, Reply reply) throws IOException {
        if (reply.status() / 100 != 2) {
            throw new IOException(call + " gave " + reply.status() + " " + reply.body());
        }
        return reply.json();
    }
}
