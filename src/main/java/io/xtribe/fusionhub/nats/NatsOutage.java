package io.xtribe.fusionhub.nats;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.signal.RareLog;
import io.xtribe.fusionhub.signal.SafeText;

/**
 * Says in the log that NATS is away: one line at once, one every 30 s with how long it has lasted, one when it is back.
 * Whatever notices it, however often, tells it here.
 */
@Singleton
@Named("natsOutage")
public class NatsOutage {

    /** How often it is said again while nothing changes. */
    public static final Duration REMINDER = Duration.ofSeconds(30);

    /** So many different reasons are told at once; what comes then is told with the next reminder. */
    private static final int MOST_REASONS = 5;

    private static final int LINE_LIMIT = 300;
    private static final Logger LOG = Logger.getLogger(NatsOutage.class);

    private final String url;
    private final LongSupplier nanoTime;
    private final Set<String> reasons = new HashSet<>();
    private boolean away;
    private long since;
    private long told;
    private final RareLog rounds;

    @Inject
    NatsOutage(FusionConfig config) {
        this(config.nats());
    }

    NatsOutage(FusionConfig.Nats config) {
        this(String.join(",", config.url()), System::nanoTime);
    }

    NatsOutage(String url, LongSupplier nanoTime) {
        this.url = masked(url);
        this.nanoTime = nanoTime;
        this.rounds = new RareLog(LOG, REMINDER, nanoTime);
    }

    /** A text for the log: one line, and without the user and password of a URL in it. */
    static String masked(String text) {
        return SafeText.line(text.replaceAll("//[^/\\s,\\]]*@", "//***@"), LINE_LIMIT);
    }

    /** It cannot be used, for this reason. */
    public synchronized void away(String why) {
        var reason = masked(why);
        var now = nanoTime.getAsLong();
        var isNews = reasons.size() < MOST_REASONS && reasons.add(reason);
        if (!away) {
            away = true;
            since = now;
            LOG.warnf(
                    "Waiting for NATS at %s (%s); until it is there webhooks are answered 503, then the hub goes on by"
                            + " itself. Start a server there or set fusion.nats.url",
                    url, reason);
        } else if (isNews || now - told >= REMINDER.toNanos()) {
            LOG.warnf("Still waiting for NATS at %s after %d s (%s)", url, seconds(now), reason);
        } else {
            return;
        }
        told = now;
    }

    /** It can be used; says nothing when it was not away. */
    public synchronized void back() {
        if (away) {
            LOG.infof("NATS at %s is there after %d s", url, seconds(nanoTime.getAsLong()));
        }
        away = false;
        reasons.clear();
    }

    /** A route's round was left out for want of NATS: part of what is known while it is away, else said now and then. */
    public synchronized void roundLeftOut(
            Exchange exchange, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        if (away) {
            away(String.valueOf(reasons.stream().findFirst().orElse("connection lost")));
            return;
        }
        rounds.warn(exchange.getFromRouteId() + " is left to its next round: "
                + masked(String.valueOf(failure.getMessage())));
    }

    private long seconds(long now) {
        return Duration.ofNanos(now - since).toSeconds();
    }
}
