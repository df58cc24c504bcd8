package io.xtribe.fusionhub.intake;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.metrics.Counters;
import io.xtribe.fusionhub.platform.Speaker;
import io.xtribe.fusionhub.platform.Speaker.Verdict;
import io.xtribe.fusionhub.signal.DeadLetterClass;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.RareLog;
import io.xtribe.fusionhub.signal.SafeText;
import io.xtribe.fusionhub.signal.Signal;

/**
 * Keeps an account of a vendor that is not ours from opening or changing anything, such as a clone of an instance that has the
 * original's ids and secret. Why so: docs/adr/0024.
 */
final class SpeakerCheck {

    private static final Logger LOG = Logger.getLogger(SpeakerCheck.class);
    /** Of one platform. NATS hands out 256 signals at once, to all hubs together: the others' must not wait behind these. */
    private static final int MOST_WAITING = 32;
    /** Names that the metric tells apart for one platform: they come from outside. */
    private static final int MOST_NAMES = 20;

    private final Function<String, Optional<Speaker>> speakers;
    private final Counters foreigners;
    private final RareLog foreign;
    private final RareLog unchecked;
    private final Map<String, Set<String>> waiting = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> names = new ConcurrentHashMap<>();

    SpeakerCheck(Function<String, Optional<Speaker>> speakers, MeterRegistry metrics) {
        this(speakers, metrics, new RareLog(LOG), new RareLog(LOG));
    }

    /** One that says what it finds in these logs. */
    SpeakerCheck(
            Function<String, Optional<Speaker>> speakers, MeterRegistry metrics, RareLog foreign, RareLog unchecked) {
        this.speakers = speakers;
        this.foreign = foreign;
        this.unchecked = unchecked;
        this.foreigners = new Counters(
                metrics, "fusion.signals.foreign", "Signals of accounts that are not ours", "source", "speaker");
    }

    /**
     * Refuses a signal of a foreign account that would open something. While it is not known who is foreign it goes on: a page must not
     * wait for the API of the platform that wants it.
     *
     * @throws InvalidSignalException when it is foreign
     */
    void beforeOpening(Signal signal, String account) {
        speakers.apply(signal.platform()).ifPresent(speaker -> {
            if (judge(speaker, signal, account) == Verdict.NOT_YET) {
                unchecked.warn(signal.platform() + " opens an incident, and whether its " + speaker.what()
                        + " is ours is not known yet: its API has not answered. Set " + speaker.key());
            }
        });
    }

    /**
     * Refuses a signal of a foreign account that would change an incident. While it is not known who is foreign it waits: nothing
     * depends on it but a record that is open elsewhere and stays so.
     *
     * @throws InvalidSignalException when it is foreign, or too many wait already
     * @throws NotYetKnownException when it has to come again
     */
    void beforeChange(Signal signal, String account) {
        speakers.apply(signal.platform()).ifPresent(speaker -> {
            if (judge(speaker, signal, account) == Verdict.NOT_YET) {
                await(speaker, signal);
            }
        });
    }

    private Verdict judge(Speaker speaker, Signal signal, String account) {
        var verdict = speaker.judge(account);
        if (verdict == Verdict.FOREIGN) {
            throw refused(speaker, signal.platform(), speaker.nameIn(account));
        }
        if (verdict == Verdict.OURS && !account.isEmpty()) {
            waiting.remove(signal.platform());
        }
        return verdict;
    }

    private InvalidSignalException refused(Speaker speaker, String platform, String name) {
        var reason = "it comes from the " + speaker.what() + " " + SafeText.quoted(name) + ", and only "
                + speaker.words() + " may speak for " + platform + " here";
        var remedy = "let it post to a hub of its own, with a secret of its own; if it is one of yours, add it to "
                + speaker.key() + " and replay this";
        foreigners.of(platform, counted(platform, name)).increment();
        foreign.warn("A signal of " + platform + " is refused: " + reason + ". Remedy: " + remedy);
        return new InvalidSignalException(DeadLetterClass.FOREIGN, reason, remedy, null);
    }

    private String counted(String platform, String name) {
        var known = names.computeIfAbsent(platform, any -> ConcurrentHashMap.newKeySet());
        var label = SafeText.line(name, 64);
        return known.contains(label) || known.size() < MOST_NAMES && known.add(label) ? label : "others";
    }

    private void await(Speaker speaker, Signal signal) {
        var others = waiting.computeIfAbsent(signal.platform(), any -> ConcurrentHashMap.newKeySet());
        if (!others.contains(signal.id()) && others.size() >= MOST_WAITING) {
            throw new InvalidSignalException(
                    DeadLetterClass.FOREIGN,
                    "whether its " + speaker.what() + " may speak for " + signal.platform()
                            + " is not known, its API does not answer, and too many signals wait for that already",
                    "replay it when the API answers again, or set " + speaker.key() + " to the " + speaker.what()
                            + " that may speak",
                    null);
        }
        others.add(signal.id());
        throw new NotYetKnownException("whether its " + speaker.what() + " may speak for " + signal.platform()
                + " is not known yet: its API has not answered. It waits for that, or set " + speaker.key());
    }
}
