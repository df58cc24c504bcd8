package io.xtribe.fusionhub.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Speaks HTTP to what the demo has started: blocking, and no call longer than five seconds. */
final class Web {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** An answer, whatever its status. */
    record Reply(int status, String contentType, String body) {
        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }

    Reply get(String url, Map<String, String> headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).GET(), headers);
    }

    /** Whether somebody answers 200 there. */
    boolean isOk(String url) throws InterruptedException {
        try {
            return get(url, Map.of()).status() == 200;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** The JSON of a 200; anything else is a failure that names the call. */
    JsonNode json(String url, Map<String, String> headers) throws IOException, InterruptedException {
        return parsed("GET " + url, get(url, headers));
    }

    /** Posts JSON without credentials; anything but success is a failure that names the call. */
    JsonNode post(String url, String json) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(json));
        return parsed("POST " + url, send(request, Map.of("Content-Type", "application/json")));
    }

    private Reply send(HttpRequest.Builder request, Map<String, String> headers)
            throws IOException, InterruptedException {
        headers.forEach(request::header);
        HttpResponse<String> response =
                client.send(request.timeout(LONGEST_CALL).build(), HttpResponse.BodyHandlers.ofString());
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
