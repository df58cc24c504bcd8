package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits calls as each vendor does, with the headers that it sends: PagerDuty by API key, Datadog by endpoint, ServiceNow by
 * user, each in windows that follow each other. A refused call does not count. Off until the settings give a number of calls.
 */
public final class RateLimits {

    /**
     * What a call was told.
     *
     * @param refused whether it was one too many
     * @param headers what its answer says of the limit, whether refused or not
     */
    record Verdict(boolean refused, Map<String, String> headers) {
        static final Verdict NONE = new Verdict(false, Map.of());
    }

    private record Window(long number, int used) {}

    private final Settings settings;
    private final LongSupplier millis;
    private final Map<String, Window> windows = new HashMap<>();

    public RateLimits(Settings settings) {
        this(settings, System::currentTimeMillis);
    }

    RateLimits(Settings settings, LongSupplier millis) {
        this.settings = settings;
        this.millis = millis;
    }

    /**
     * Counts a call.
     *
     * @param authorization the credentials that it came with; null when it had none
     */
    Verdict count(Platform platform, String operation, String authorization) {
        int limit = settings.limit(platform);
        if (limit <= 0) {
            return Verdict.NONE;
        }
        long now = millis.getAsLong();
        long length = settings.limitMillis(platform);
        long number = now / length;
        String key = platform + " " + (platform == Platform.DATADOG ? operation : authorization);
        Window window = windows.get(key);
        int used = window == null || window.number() != number ? 0 : window.used();
        boolean refused = used >= limit;
        if (!refused) {
            used++;
            windows.put(key, new Window(number, used));
        }
        return new Verdict(
                refused,
                headers(platform, operation, limit, limit - used, length, (number + 1) * length - now, refused));
    }

    void clear() {
        windows.clear();
    }

    private Map<String, String> headers(
            Platform platform, String operation, int limit, int left, long length, long millisLeft, boolean refused) {
        long seconds = Math.max(1, (millisLeft + 999) / 1000);
        Map<String, String> headers = new LinkedHashMap<>();
        switch (platform) {
            case PAGERDUTY -> {
                headers.put("ratelimit-limit", "" + limit);
                headers.put("ratelimit-remaining", "" + left);
                headers.put("ratelimit-reset", "" + seconds);
            }
            case DATADOG -> {
                headers.put("X-RateLimit-Limit", "" + limit);
                headers.put("X-RateLimit-Period", "" + length / 1000);
                headers.put("X-RateLimit-Remaining", "" + left);
                headers.put("X-RateLimit-Reset", "" + seconds);
                headers.put("X-RateLimit-Name", operation);
            }
            case SERVICENOW -> {
                headers.put("X-RateLimit-Limit", "" + limit);
                headers.put("X-RateLimit-Reset", "" + ((millis.getAsLong() + 999) / 1000 + seconds));
                headers.put("X-RateLimit-Rule", "5f1c1a6e2f3010108a9a5a5b2799b6c0");
                if (refused) {
                    headers.put("Retry-After", "" + seconds);
                }
            }
        }
        return headers;
    }
}
