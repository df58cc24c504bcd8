package io.xtribe.fusionhub.intake;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.metrics.Counters;
import io.xtribe.fusionhub.signal.RareLog;

/** Counts the webhooks that were not let in. Logs refused authentication, at most once an hour for each source. */
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
    private static final Duration QUIET = Duration.ofHours(1);

    private final SourceLabels labels;
    private final Counters refused;
    private final Map<String, RareLog> unauthenticated = new ConcurrentHashMap<>();

    public WebhookRefusals(FusionConfig config, MeterRegistry metrics) {
        this.labels = new SourceLabels(config.platforms());
        this.refused =
                new Counters(metrics, "fusion.webhooks.refused", "Webhooks that were not let in", "source", "reason");
    }

    /** Counts one. A source that is none of ours is counted as {@code unknown}: labels must not come from outside. */
    void count(String source, Reason reason) {
        refused.of(labels.of(source), reason.label()).increment();
    }

    /** Counts a 401; the first of an hour and source is logged with the address and what to do. */
    void unauthenticated(String source, String address) {
        count(source, Reason.UNAUTHENTICATED);
        var label = labels.of(source);
        unauthenticated
                .computeIfAbsent(label, name -> new RareLog(LOG, QUIET, System::nanoTime))
                .warn(
                        ("A webhook of %s from %s was refused (401): its secret or signature is missing or wrong. If it is"
                                        + " genuine, compare the secret at the platform with fusion.webhooks.%s.secret. For an"
                                        + " hour further ones are only counted, in fusion_webhooks_refused_total")
                                .formatted(label, address, label));
    }
}
