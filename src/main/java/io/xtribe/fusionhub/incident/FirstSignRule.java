package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.xtribe.fusionhub.signal.Signal;

/**
 * Decides whether a signal that knows no incident may open one. Priority decides what is opened, never what is
 * followed: only a first sign of something new is dropped for its priority.
 *
 * @param priorities which priorities open
 * @param sources which kinds of first sign open
 * @param signs per kind of first sign, which of the platform's words open; a kind not named here opens on every sign
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
        DEAD_LETTER
    }

    /**
     * A verdict with its reason, for the timeline and the counters.
     *
     * @param verdict what to do
     * @param reason the rule that decided, in a few words
     */
    public record Decision(Verdict verdict, String reason) {}

    public Decision decide(Signal signal, Instant now) {
        var firstSign = signal.firstSign();
        if (firstSign == null) {
            return noise("not a first sign, and no incident is known");
        }
        if (!sources.contains(firstSign.source())) {
            return noise("triggers of " + firstSign.source() + " are switched off");
        }
        if (!signs.getOrDefault(firstSign.source(), Set.of(firstSign.sign())).contains(firstSign.sign())) {
            return noise("'" + firstSign.sign() + "' does not open");
        }
        var priority = Priority.parse(signal.priority());
        if (priority.isEmpty()) {
            return noise("no priority");
        }
        if (!priorities.contains(priority.get())) {
            return noise("priority " + priority.get() + " does not open");
        }
        if (Priority.parse(firstSign.previousPriority())
                .filter(priorities::contains)
                .isPresent()) {
            return noise("it had an opened priority before");
        }
        if (signal.key().isEmpty()) {
            return noise("no key to know it by");
        }
        var age = Duration.between(signal.occurredAt(), now);
        if (age.compareTo(oldest) > 0) {
            return new Decision(Verdict.DEAD_LETTER, "a first sign of " + signal.occurredAt() + " is too old to open");
        }
        if (age.compareTo(freshness) > 0) {
            return new Decision(Verdict.CONFIRM_FIRST, "a first sign of " + signal.occurredAt() + " must be confirmed");
        }
        return new Decision(Verdict.OPEN, firstSign.source() + " " + firstSign.sign() + " " + priority.get());
    }

    private static Decision noise(String reason) {
        return new Decision(Verdict.NOISE, reason);
    }
}
