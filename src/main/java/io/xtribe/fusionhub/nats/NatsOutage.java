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
 * Logs that NATS cannot be used: one line at once, one every 30 s with the time that it has lasted, one when it can be used
 * again. All parts of the hub report it here, as often as they notice it.
 */
@Singleton
@Named("natsOutage")
public class NatsOutage {

    /** How often the line is repeated while nothing changes. */
    public static final Duration REMINDER = Duration.ofSeconds(30);

    /** This many different reasons are logged at once; further ones are logged with the next reminder. */
    private static final int MOST_REASONS = 5;

    private static final int LINE_LIMIT = 300;
    private static final Logger LOG = Logger.getLogger(NatsOutage.class);

    private final String url;
    private final LongSupplier nanoTime;
    private final Set<String> reasons = new HashSet<>();
    private boolean away;
    private long since;
    private long lastLogged;
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
        } else if (isNews || now - lastLogged >= REMINDER.toNanos()) {
            LOG.warnf("Still waiting for NATS at %s after %d s (%s)", url, seconds(now), reason);
        } else {
            return;
        }
        lastLogged = now;
    }

    /** It can be used; logs nothing when it could be used before. */
    public synchronized void back() {
        if (away) {
            LOG.infof("NATS at %s is there after %d s", url, seconds(nanoTime.getAsLong()));
        }
        away = false;
        reasons.clear();
    }

    /** A route skipped a round because NATS could not be used: no line of its own during an outage, else at most one every 30 s. */
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
