package io.xtribe.fusionhub.openapi;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;

/**
 * Stands between the hub and the sandbox and writes down what they say, byte for byte as it was sent. A connection that
 * the sandbox closes is closed to the hub too, so that faults stay what they are.
 */
public final class Recorder implements AutoCloseable {

    private static final long START_AND_STOP_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    /** One connection per call: a kept one that the sandbox has closed would look like a fault. */
    private final HttpClient client =
            vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false).setMaxPoolSize(100));

    private final Map<String, List<Spoken>> spoken = new TreeMap<>();
    private final int port;
    private volatile URI target;

    private Recorder() throws Exception {
        port = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> pass(request, body)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(START_AND_STOP_SECONDS, TimeUnit.SECONDS)
                .actualPort();
    }

    public static Recorder start() {
        try {
            return new Recorder();
        } catch (Exception e) {
            throw new IllegalStateException("The recorder cannot listen", e);
        }
    }

    /** Where to call in place of the sandbox. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Passes on to this sandbox from now on. */
    public void passTo(String url) {
        target = URI.create(url);
    }

    String target() {
        return target.toString();
    }

    /** What was said to a platform and back since the last time this was asked, in the order of the answers. */
    public List<Spoken> take(String platform) {
        synchronized (spoken) {
            var taken = spoken.remove(platform);
            return taken == null ? List.of() : List.copyOf(taken);
        }
    }

    private void pass(HttpServerRequest request, Buffer body) {
        var options = new RequestOptions()
                .setMethod(request.method())
                .setHost(target.getHost())
                .setPort(target.getPort())
                .setURI(request.uri())
                .setHeaders(MultiMap.caseInsensitiveMultiMap().addAll(request.headers()));
        client.request(options)
                .compose(onward -> {
                    request.connection().closeHandler(gone -> onward.reset());
                    return answerTo(onward, body);
                })
                .onSuccess(answer -> {
                    keep(request, body, answer);
                    var response = request.response().setStatusCode(answer.status());
                    answer.headers().forEach(header -> response.headers().add(header.getKey(), header.getValue()));
                    response.end(answer.body());
                })
                .onFailure(closed -> {
                    keep(request, body, new Answer(0, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer()));
                    request.connection().close();
                });
    }

    private record Answer(int status, MultiMap headers, Buffer body) {}

    private static io.vertx.core.Future<Answer> answerTo(HttpClientRequest onward, Buffer body) {
        return onward.send(body).compose(answer -> answer.body()
                .map(text -> new Answer(
                        answer.statusCode(),
                        answer.headers().remove("transfer-encoding").remove("connection"),
                        text)));
    }

    private void keep(HttpServerRequest request, Buffer body, Answer answer) {
        var parts = request.uri().split("/", 3);
        if (parts[1].equals("control")) {
            return;
        }
        var said = new Spoken(
                request.method().name(),
                "/" + (parts.length < 3 ? "" : parts[2]),
                headers(request.headers()),
                body.toString(),
                answer.status(),
                headers(answer.headers()),
                answer.body().toString());
        synchronized (spoken) {
            spoken.computeIfAbsent(parts[1], platform -> new ArrayList<>()).add(said);
        }
    }

    private static Map<String, List<String>> headers(MultiMap headers) {
        var all = new TreeMap<String, List<String>>();
        headers.names().forEach(name -> all.put(name, headers.getAll(name)));
        return Spoken.lowerCase(all);
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(START_AND_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The recorder did not stop", e);
        }
    }
}
