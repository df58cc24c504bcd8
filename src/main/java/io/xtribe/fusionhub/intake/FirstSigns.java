package io.xtribe.fusionhub.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.End;
import io.xtribe.fusionhub.incident.EndStore;
import io.xtribe.fusionhub.incident.FirstSignRule;
import io.xtribe.fusionhub.incident.FirstSignRule.Decision;
import io.xtribe.fusionhub.incident.FirstSignRule.Verdict;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.UnknownWord;

/** Decides about signals that belong to no incident: by the rule of first signs, and by what is known to have ended. */
public final class FirstSigns {

    private final FirstSignRule rule;
    private final EndStore ends;

    FirstSigns(FirstSignRule rule, EndStore ends) {
        this.rule = rule;
        this.ends = ends;
    }

    /** The verdict on a signal; one whose end came before it opens nothing. */
    Decision decide(Signal signal, List<UnknownWord> unknown, Instant now) {
        var decision = rule.decide(signal, unknown, now);
        if (decision.verdict() != Verdict.OPEN && decision.verdict() != Verdict.CONFIRM_FIRST) {
            return decision;
        }
        return ends.find(id(signal))
                .map(end -> switch (end.beginning(signal)) {
                    case AFTER -> decision;
                    case BEFORE -> new Decision(Verdict.NOISE, "its end was told before it");
                    case UNCLEAR ->
                        new Decision(
                                Verdict.CONFIRM_FIRST,
                                "an end of " + end.at() + " was told before it, it must be confirmed");
                })
                .orElse(decision);
    }

    /** The end of what was just opened by this signal, where it was told at the same moment. */
    Optional<End> endOf(Signal signal) {
        return ends.find(id(signal)).filter(end -> end.beginning(signal) == End.Beginning.BEFORE);
    }

    /** The same of one of several alerts that fold into one incident: its key is that of its cycle, which ends once. */
    Optional<End> endOfMember(Signal signal) {
        return ends.find(id(signal))
                .filter(end -> end.beginning(signal) != End.Beginning.AFTER)
                .map(end -> end.notBefore(signal.occurredAt()));
    }

    /**
     * Remembers the end of something that could be opened when its beginning comes late; nothing else, as most ends are
     * those of noise. Returns whether it was remembered.
     */
    boolean rememberEnd(Signal signal, Instant now) {
        if (!signal.isOver() || signal.key().isEmpty() || !couldOpen(signal, now)) {
            return false;
        }
        ends.remember(id(signal), End.of(signal));
        return true;
    }

    private boolean couldOpen(Signal signal, Instant now) {
        return Priority.parse(signal.priority())
                        .map(rule.priorities()::contains)
                        .orElse(true)
                && rule.sources().stream().anyMatch(source -> isOf(source, signal.platform()))
                // What began before such an end is too old to be opened.
                && signal.occurredAt().isAfter(now.minus(rule.oldest()));
    }

    private static boolean isOf(String source, String platform) {
        return source.equals(platform) || source.startsWith(platform + ".");
    }

    /** Whether what is not known of a signal does not matter: its priority is known, and is not opened. */
    boolean isKnownNotToOpen(Signal signal, List<UnknownWord> unknown) {
        return !signal.priority().isEmpty() && rule.isUnopened(signal, unknown);
    }

    private static String id(Signal signal) {
        return CorrelationId.derive(signal.platform(), signal.scope(), signal.key());
    }
}
