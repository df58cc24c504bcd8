package io.xtribe.fusionhub.intake;

import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.apache.camel.Body;

import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.FirstSignRule;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.signal.PeekRules;
import io.xtribe.fusionhub.signal.SignalPeek;
import io.xtribe.fusionhub.upkeep.IncidentIndex;

/** Drops a signal before its body is parsed, when it opens no incident and belongs to no known one. */
public final class NoisePeek {

    private final SignalPeek peek;
    private final BooleanSupplier isComplete;
    private final Predicate<String> known;
    private final DroppedSignals dropped;

    NoisePeek(SignalPeek peek, IncidentIndex index, DroppedSignals dropped) {
        this(peek, index::isComplete, index::knows, dropped);
    }

    private NoisePeek(SignalPeek peek, BooleanSupplier isComplete, Predicate<String> known, DroppedSignals dropped) {
        this.peek = peek;
        this.isComplete = isComplete;
        this.known = known;
        this.dropped = dropped;
    }

    /** Of these platforms, where it is known otherwise which incidents there are. */
    static NoisePeek of(Platforms platforms, Set<Priority> opened, Predicate<String> isKnown, DroppedSignals dropped) {
        return new NoisePeek(
                peek(platforms, opened.stream().map(Priority::name).collect(Collectors.toSet())),
                () -> true,
                isKnown,
                dropped);
    }

    /** Reads the fields that {@code peek.json} of each platform names. */
    static SignalPeek peek(Platforms platforms, Set<String> opened) {
        var rules = new HashMap<String, PeekRules>();
        platforms.all().forEach(platform -> platform.peek().ifPresent(peek -> rules.put(platform.name(), peek)));
        return new SignalPeek(rules, platforms::words, opened::contains);
    }

    /** Whether the signal has to be parsed; false where it is noise, which is counted here. For routes. */
    public boolean mayMatter(@Body byte[] event) {
        var unopened = event != null && isComplete.getAsBoolean()
                ? peek.unopened(event)
                : Optional.<SignalPeek.Unopened>empty();
        if (unopened.isEmpty() || isKnown(unopened.get())) {
            return true;
        }
        dropped.dropped(
                unopened.get().source(),
                Outcomes.UNREAD,
                FirstSignRule.unopened(unopened.get().priority()));
        return false;
    }

    private boolean isKnown(SignalPeek.Unopened sign) {
        return known.test(CorrelationId.derive(sign.source(), sign.scope(), sign.key()));
    }
}
