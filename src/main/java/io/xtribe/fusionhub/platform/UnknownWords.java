package io.xtribe.fusionhub.platform;

import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.signal.RareLog;
import io.xtribe.fusionhub.signal.UnknownWord;

/** Counts words of platforms that no table has, and says now and then in the log which. */
public final class UnknownWords {

    private static final RareLog LOG = new RareLog(Logger.getLogger(UnknownWords.class));

    private UnknownWords() {}

    /** Counts a body that its mapping does not know, with the field {@code event}; its reason is said elsewhere. */
    public static void heardEvent(MeterRegistry metrics, String platform) {
        metrics.counter("fusion.words.unknown", "platform", platform, "field", "event")
                .increment();
    }

    /** Counts one in {@code fusion.words.unknown}, by platform and field. */
    public static void heard(MeterRegistry metrics, String platform, UnknownWord word) {
        heard(metrics, platform, word, LOG);
    }

    /** The same, said elsewhere. */
    public static void heard(MeterRegistry metrics, String platform, UnknownWord word, RareLog log) {
        metrics.counter("fusion.words.unknown", "platform", platform, "field", word.field())
                .increment();
        log.warn(platform + ": " + word.text());
    }
}
