package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/**
 * Delivers webhooks at least once: again after a 5xx or 429, a timeout or a broken connection, with a growing pause;
 * any other answer is final. Deliveries of one lane keep their order; an empty lane means that order does not matter.
 */
public final class WebhookSender {
    private static final int REMEMBERED = 5_000;
    private static final long LONGEST_PAUSE_MS = 5_000;
    /** PagerDuty waits 5 s and Datadog 15 s; the shorter one keeps tests short. */
    private static final long TIMEOUT_MS = 5_000;

    private final Vertx vertx;
    private final Settings settings;
    private final HttpClient client;
    private final ArrayDeque<Delivery> deliveries = new ArrayDeque<>();
    private final Map<String, ArrayDeque<Delivery>> lanes = new HashMap<>();
    private List<Delivery> held = new ArrayList<>();
    private long generation;

    public WebhookSender(Vertx vertx, Settings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(2_000).setKeepAliveTimeout(30),
                new PoolOptions().setHttp1MaxSize(32));
        settings.onChange(this::release);
    }

    /** @param url where to, null when there is no receiver: the delivery is then only listed */
    public void send(
            Platform platform,
            String id,
            String event,
            String url,
            byte[] body,
            String lane,
            Supplier<Map<String, String>> headers) {
        send(platform, id, event, url, body, lane, headers, null);
    }

    /**
     * The same, and tells how it ended.
     *
     * @param whenOver true when it was taken, false when its answer was a refusal, after which it is not sent again; may be null
     */
    public void send(
            Platform platform,
            String id,
            String event,
            String url,
            byte[] body,
            String lane,
            Supplier<Map<String, String>> headers,
            Consumer<Boolean> whenOver) {
        if (!settings.webhooksEnabled(platform)) {
            return;
        }
        Delivery delivery = new Delivery(id, platform, event, url, body, lane, headers, whenOver);
        dispatch(delivery);
        for (int duplicate = 0; duplicate < settings.webhookDuplicates(); duplicate++) {
            dispatch(delivery.again());
        }
    }

    /** Sends the last webhooks once more, oldest first; returns how many. */
    int replay(String platform, int count) {
        List<Delivery> last = new ArrayList<>();
        var newestFirst = deliveries.descendingIterator();
        while (newestFirst.hasNext() && last.size() < count) {
            Delivery delivery = newestFirst.next();
            if (platform == null || delivery.platform.key().equals(platform)) {
                last.add(0, delivery);
            }
        }
        last.forEach(delivery -> dispatch(delivery.again()));
        return last.size();
    }

    private void dispatch(Delivery delivery) {
        deliveries.addLast(delivery);
        if (deliveries.size() > REMEMBERED) {
            deliveries.removeFirst();
        }
        if (delivery.url == null) {
            delivery.state = "no-receiver";
        } else if (delivery.lane.isEmpty()) {
            start(delivery);
        } else {
            ArrayDeque<Delivery> lane = lanes.computeIfAbsent(delivery.lane, any -> new ArrayDeque<>(2));
            lane.addLast(delivery);
            if (lane.size() == 1) {
                start(delivery);
            }
        }
    }

    private void start(Delivery delivery) {
        long wait = delivery.at + settings.webhooksDelayMs(delivery.platform) - System.currentTimeMillis();
        after(wait, () -> attempt(delivery));
    }

    private void attempt(Delivery delivery) {
        if (settings.webhooksHeld(delivery.platform)) {
            delivery.state = "held";
            held.add(delivery);
            return;
        }
        delivery.state = "sending";
        delivery.tries++;
        long started = generation;
        RequestOptions target = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(delivery.url)
                .setTimeout(TIMEOUT_MS)
                .putHeader("Content-Type", "application/json");
        delivery.headers().forEach(target::putHeader);
        client.request(target)
                .compose(request -> request.send(Buffer.buffer(delivery.body)))
                .map(HttpClientResponse::statusCode)
                .onComplete(result -> {
                    if (started == generation) {
                        finish(delivery, result.succeeded() ? result.result() : 0);
                    }
                });
    }

    private void finish(Delivery delivery, int status) {
        delivery.status = status == 0 ? null : status;
        boolean again = status == 0 || status >= 500 || status == 429;
        if (again && (delivery.tries < settings.webhookTries() || isRetriedFor(delivery))) {
            delivery.state = "retrying";
            long pause = settings.webhookBackOffMs() << Math.min(delivery.tries - 1, 10);
            after(Math.min(pause, LONGEST_PAUSE_MS), () -> attempt(delivery));
            return;
        }
        delivery.state = status >= 200 && status < 300 ? "delivered" : "failed";
        if (!again) {
            delivery.over(delivery.state.equals("delivered"));
        }
        if (!delivery.lane.isEmpty()) {
            ArrayDeque<Delivery> lane = lanes.get(delivery.lane);
            lane.removeFirst();
            if (lane.isEmpty()) {
                lanes.remove(delivery.lane);
            } else {
                start(lane.peekFirst());
            }
        }
    }

    /** Some platforms go by hours instead: PagerDuty sends for 48. */
    private boolean isRetriedFor(Delivery delivery) {
        return System.currentTimeMillis() - delivery.at < settings.webhookRetryHours(delivery.platform) * 3_600_000L;
    }

    private void after(long milliseconds, Runnable work) {
        long started = generation;
        if (milliseconds <= 0) {
            work.run();
        } else {
            vertx.setTimer(milliseconds, timer -> {
                if (started == generation) {
                    work.run();
                }
            });
        }
    }

    /** Lets go of what was held and is no longer to be; called whenever the settings change. */
    private void release() {
        List<Delivery> waiting = held;
        held = new ArrayList<>();
        waiting.forEach(this::attempt);
    }

    ArrayNode toJson() {
        ArrayNode list = Json.array();
        deliveries.forEach(delivery -> list.add(delivery.toJson()));
        return list;
    }

    /** Forgets everything; what is under way is not tried again. */
    void clear() {
        generation++;
        deliveries.clear();
        lanes.clear();
        held.clear();
    }
}
