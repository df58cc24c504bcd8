package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.signal.UnknownWord;
import io.xtribe.fusionhub.signal.WordForm;

/**
 * Decides whether a signal that knows no incident may open one. Priority decides what is opened, never what is
 * followed: only a first sign of something new is dropped for its priority. What may be urgent and is not understood is
 * never dropped.
 *
 * @param priorities which priorities open
 * @param sources which kinds of first sign open
 * @param signs per kind of first sign, which of the platform's words open, in the form of {@link WordForm}; a kind not named
 *     here opens on every sign
 * @param freshness older triggers must be confirmed by their platform
 * @param oldest still older ones are dead letters
 */
public record FirstSignRule(
        Set<Priority> priorities,
        Set<String> sources,
        Map<String, Set<String>> signs,
        Duration freshness,
        Duration oldest) {

    /** What is to be done with a first sign. */
    public enum Verdict {
        OPEN,
        CONFIRM_FIRST,
        NOISE,
        /** It cannot be judged: a word of it is in no table. */
        NOT_UNDERSTOOD,
        /** It is too old. */
        DEAD_LETTER
    }

    /**
     * A verdict with its reason, for the timeline and the counters.
     *
     * @param verdict what to do
     * @param reason the rule that decided, in a few words; for noise one of few
     */
    public record Decision(Verdict verdict, String reason) {}

    /**
     * The verdict on a signal that belongs to no incident.
     *
     * @param unknown its words that no table has
     */
    public Decision decide(Signal signal, List<UnknownWord> unknown, Instant now) {
        var firstSign = signal.firstSign();
        if (firstSign == null) {
            return noise("not a first sign, and no incident is known");
        }
        if (!sources.contains(firstSign.source())) {
            return noise("triggers of " + firstSign.source() + " are switched off");
        }
        if (isUnopened(signal, unknown)) {
            return noise(unopened(signal.priority()));
        }
        if (!unknown.isEmpty()) {
            return new Decision(Verdict.NOT_UNDERSTOOD, unknown.get(0).reason());
        }
        if (!opens(firstSign)) {
            return noise("'" + firstSign.sign() + "' does not open");
        }
        if (wasOpenedBefore(signal)) {
            return noise("it had an opened priority before");
        }
        if (signal.key().isEmpty()) {
            return new Decision(Verdict.NOT_UNDERSTOOD, "it has no key by which it could be known again");
        }
        return byAge(signal, now);
    }

    /** Whether its priority, or that it has none, says that it is not to be opened. */
    public boolean isUnopened(Signal signal, List<UnknownWord> unknown) {
        return unknown.stream().noneMatch(word -> "priority".equals(word.field()))
                && Priority.parse(signal.priority())
                        .filter(priorities::contains)
                        .isEmpty();
    }

    /** The reason for which a first sign of such a priority is noise; an empty one is none. */
    public static String unopened(String priority) {
        return priority.isEmpty() ? "no priority" : "priority " + priority + " does not open";
    }

    private boolean opens(Signal.FirstSign firstSign) {
        var words = signs.get(firstSign.source());
        return words == null || words.contains(WordForm.of(firstSign.sign()));
    }

    /** What is not raised and not reopened was there before, and would have been opened then. */
    private boolean wasOpenedBefore(Signal signal) {
        var before = Priority.parse(signal.firstSign().previousPriority()).filter(priorities::contains);
        var now = Priority.parse(signal.priority());
        return signal.kind() != SignalKind.REOPENED
                && before.isPresent()
                && now.isPresent()
                && now.get().compareTo(before.get()) >= 0;
    }

    private Decision byAge(Signal signal, Instant now) {
        var age = Duration.between(signal.occurredAt(), now);
        if (age.compareTo(oldest) > 0) {
            return new Decision(Verdict.DEAD_LETTER, "a first sign of " + signal.occurredAt() + " is too old to open");
        }
        if (age.compareTo(freshness) > 0) {
            return new Decision(Verdict.CONFIRM_FIRST, "a first sign of " + signal.occurredAt() + " must be confirmed");
        }
        var firstSign = signal.firstSign();
        return new Decision(Verdict.OPEN, firstSign.source() + " " + firstSign.sign() + " " + signal.priority());
    }

    private static Decision noise(String reason) {
        return new Decision(Verdict.NOISE, reason);
    }
}
