package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Stands between platforms and a hub and hands webhooks on as a bad day does: some twice, some late and so in another order, some
 * not at all. What it takes it accepts, so that nobody sends it again.
 */
public final class UnreliableWebhooks implements AutoCloseable {

    /** Headers that the client sets itself. */
    private static final Set<String> OWN = Set.of("host", "content-length", "connection", "upgrade", "http2-settings");

    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(4);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final Random random;
    private final String hub;

    private volatile boolean isReliable = true;
    private int lostOfHundred;

    /** Hands on to the hub at this base URL, reliably at first. */
    public UnreliableWebhooks(String hub, long seed) throws IOException {
        this.hub = hub;
        random = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", this::take);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on some never come, a quarter comes twice, and a third up to three seconds late. */
    public synchronized void misbehave(int lostOfHundredNow) {
        lostOfHundred = lostOfHundredNow;
        isReliable = false;
    }

    /** How many never came. */
    public int lost() {
        return lost.get();
    }

    public void behave() {
        isReliable = true;
    }

    /** Whether all that is handed on at all has been. */
    public boolean isQuiet() {
        return waiting.get() == 0;
    }

    private void take(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
        var request = HttpRequest.newBuilder(URI.create(hub + exchange.getRequestURI()))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        plan(request.build());
    }

    private synchronized void plan(HttpRequest request) {
        if (isReliable) {
            send(request, 0);
            return;
        }
        if (random.nextInt(100) < lostOfHundred) {
            lost.incrementAndGet();
            return;
        }
        send(request, random.nextInt(3) == 0 ? random.nextInt(3_000) : 0);
        if (random.nextInt(4) == 0) {
            send(request, random.nextInt(3_000));
        }
    }

    private void send(HttpRequest request, int delayMillis) {
        waiting.incrementAndGet();
        later.schedule(() -> deliver(request), delayMillis, TimeUnit.MILLISECONDS);
    }

    private void deliver(HttpRequest request) {
        try {
            var status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status == 503) {
                send(request, 200);
            } else if (status != 202) {
                throw new IllegalStateException("the hub answered " + status + " to " + request.uri());
            }
        } catch (IOException e) {
            send(request, 200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        later.shutdownNow();
    }
}
