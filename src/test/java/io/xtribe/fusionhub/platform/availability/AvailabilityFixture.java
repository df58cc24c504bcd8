package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Platforms whose time the test moves on. */
abstract class AvailabilityFixture {

    static final Duration MINUTE = Duration.ofMinutes(1);
    static final RateRule.Headers HEADERS =
            new RateRule.Headers("limit", "period", "remaining", "reset", false, "name");
    static final RateRule LIMITED = new RateRule("limited", 1000, 100, MINUTE, false, HEADERS);
    static final RateRule BY_ENDPOINT = new RateRule("by-endpoint", 1000, 0, MINUTE, true, HEADERS);

    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

    final AtomicInteger members = new AtomicInteger(1);
    final List<String> recovered = new ArrayList<>();
    final List<Wish> turns = new ArrayList<>();
    final Availability availability = new Availability(
            List.of(LIMITED, BY_ENDPOINT, RateRule.none("free", 10)),
            nanos::get,
            members::get,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));

    {
        availability.whenRecovered(recovered::add);
        availability.whenTurn(turns::add);
    }

    void after(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    void afterSeconds(long seconds) {
        after(Duration.ofSeconds(seconds));
    }

    /** Whose turn has come since the last look, in order. */
    List<String> look() {
        turns.clear();
        availability.look();
        return turns.stream().map(Wish::incidentId).toList();
    }

    static Wish wish(String incident, Lane lane) {
        return new Wish(incident, incident + "/open/incident", "open/incident", lane);
    }

    static Wish wish(String incident, String kind, Lane lane) {
        return new Wish(incident, incident + "/" + kind, kind, lane);
    }

    /** Begins as many steps as there are permits for, up to a number; one more waits if there were fewer. */
    static int takeAll(PlatformAvailability platform, Lane lane, int most) {
        for (int taken = 0; taken < most; taken++) {
            var wish = wish("taken-" + lane + taken + "-" + System.nanoTime(), lane);
            if (!platform.take(wish)) {
                return taken;
            }
            platform.begin(wish.key());
        }
        return most;
    }

    /** One step with one call, answered with these headers. */
    static void call(PlatformAvailability platform, Wish wish, String path, Map<String, String> headers) {
        var permit = platform.begin(wish.key());
        answer(platform.call(permit, wish.kind(), "POST", path), headers);
        if (permit != null) {
            permit.close();
        }
    }

    static void answer(PlatformCall call, Map<String, String> headers) {
        call.told(headers(headers));
        call.answered();
    }

    static UnaryOperator<String> headers(Map<String, String> headers) {
        return headers::get;
    }
}
