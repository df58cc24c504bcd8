package io.xtribe.fusionhub.intake;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;

/** Counts the webhooks that were not let in, and says so in the log where an operator has to know, but not each time. */
@Singleton
public class WebhookRefusals {

    /** Why a webhook was not let in; the lower-case name is the label of the metric. */
    public enum Reason {
        UNAUTHENTICATED,
        UNKNOWN_SOURCE,
        TOO_LARGE,
        /** Too much was under way. */
        BUSY,
        /** Its connection ended, or its time was over, before the body was there. */
        INCOMPLETE,
        /** The hub was starting or stopping. */
        NOT_READY,
        /** NATS did not take it. */
        NOT_STORED;

        private String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final Logger LOG = Logger.getLogger(WebhookRefusals.class);
    private static final long QUIET_NANOS = TimeUnit.HOURS.toNanos(1);

    private final List<String> sources;
    private final MeterRegistry metrics;
    private final Map<String, Long> lastSaid = new ConcurrentHashMap<>();

    public WebhookRefusals(FusionConfig config, MeterRegistry metrics) {
        this.sources = config.platforms();
        this.metrics = metrics;
    }

    /** Counts one. A source that is none of ours is counted as {@code unknown}: labels must not come from outside. */
    void count(String source, Reason reason) {
        metrics.counter("fusion.webhooks.refused", "source", label(source), "reason", reason.label())
                .increment();
    }

    /** Counts a 401; the first of an hour and source is logged with the address and what to do. */
    void unauthenticated(String source, String address) {
        count(source, Reason.UNAUTHENTICATED);
        var now = System.nanoTime();
        var said =
                lastSaid.compute(label(source), (name, last) -> last == null || now - last > QUIET_NANOS ? now : last);
        if (said == now) {
            LOG.warnf(
                    "A webhook of %s from %s was refused (401): its secret or signature is missing or wrong. If it is"
                            + " genuine, compare the secret at the platform with fusion.webhooks.%s.secret. For an hour"
                            + " further ones are only counted, in fusion_webhooks_refused_total",
                    source, address, source);
        }
    }

    private String label(String source) {
        return sources.contains(source) ? source : "unknown";
    }
}
