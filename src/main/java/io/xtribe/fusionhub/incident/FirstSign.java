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
 * @param sources which kinds of birth open
 * @param signs per kind of birth, which of the platform's words open; a kind not named here opens on every sign
 * @param freshness older births must be confirmed by their platform
 * @param oldest still older ones are dead letters
 */
public record FirstSign(
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
        var birth = signal.birth();
        if (birth == null) {
            return noise("not a first sign, and no incident is known");
        }
        if (!sources.contains(birth.source())) {
            return noise("births of " + birth.source() + " are switched off");
        }
        if (!signs.getOrDefault(birth.source(), Set.of(birth.sign())).contains(birth.sign())) {
            return noise("'" + birth.sign() + "' does not open");
        }
        var priority = Priority.parse(signal.priority());
        if (priority.isEmpty()) {
            return noise("no priority");
        }
        if (!priorities.contains(priority.get())) {
            return noise("priority " + priority.get() + " does not open");
        }
        if (Priority.parse(birth.previousPriority())
                .filter(priorities::contains)
                .isPresent()) {
            return noise("it had an opened priority before");
        }
        if (signal.key().isEmpty()) {
            return noise("no key to know it by");
        }
        var age = Duration.between(signal.occurredAt(), now);
        if (age.compareTo(oldest) > 0) {
            return new Decision(Verdict.DEAD_LETTER, "a birth of " + signal.occurredAt() + " is too old to open");
        }
        if (age.compareTo(freshness) > 0) {
            return new Decision(Verdict.CONFIRM_FIRST, "a birth of " + signal.occurredAt() + " must be confirmed");
        }
        return new Decision(Verdict.OPEN, birth.source() + " " + birth.sign() + " " + priority.get());
    }

    private static Decision noise(String reason) {
        return new Decision(Verdict.NOISE, reason);
    }
}
