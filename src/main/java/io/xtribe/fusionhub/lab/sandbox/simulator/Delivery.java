package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One webhook on its way to a receiver, with how far it came. */
final class Delivery {
    final String id;
    final Platform platform;
    final String event;
    final String url;
    final byte[] body;
    final String lane;
    final long at = System.currentTimeMillis();
    private final Supplier<Map<String, String>> headers;
    /** Told whether the receiver has taken it in the end, or has it been dropped for its answer; may be null. */
    private final Consumer<Boolean> whenOver;

    int tries;
    Integer status;
    String state = "waiting";

    Delivery(
            String id,
            Platform platform,
            String event,
            String url,
            byte[] body,
            String lane,
            Supplier<Map<String, String>> headers,
            Consumer<Boolean> whenOver) {
        this.whenOver = whenOver;
        this.id = id;
        this.platform = platform;
        this.event = event;
        this.url = url;
        this.body = body;
        this.lane = lane;
        this.headers = headers;
    }

    /** Made anew for each try, because a signature may contain the time. */
    Map<String, String> headers() {
        return headers.get();
    }

    Delivery again() {
        return new Delivery(id, platform, event, url, body, lane, headers, whenOver);
    }

    void over(boolean isTaken) {
        if (whenOver != null) {
            whenOver.accept(isTaken);
        }
    }

    ObjectNode toJson() {
        return Json.object()
                .put("id", id)
                .put("platform", platform.key())
                .put("event", event)
                .put("url", url)
                .put("state", state)
                .put("status", status)
                .put("tries", tries)
                .put("at", at);
    }
}
