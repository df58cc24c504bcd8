package io.xtribe.fusionhub.intake;

import java.util.Optional;

import org.apache.camel.Body;

import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.FirstSignRule;
import io.xtribe.fusionhub.signal.SignalPeek;
import io.xtribe.fusionhub.upkeep.IncidentIndex;

/** Drops a signal before its body is parsed, when it opens no incident and belongs to no known one. */
public final class NoisePeek {

    private final SignalPeek peek;
    private final IncidentIndex index;
    private final Noise noise;

    NoisePeek(SignalPeek peek, IncidentIndex index, Noise noise) {
        this.peek = peek;
        this.index = index;
        this.noise = noise;
    }

    /** Whether the signal has to be parsed; false where it is noise, which is counted here. For routes. */
    public boolean mayMatter(@Body byte[] event) {
        var unopened =
                event != null && index.isComplete() ? peek.unopened(event) : Optional.<SignalPeek.Unopened>empty();
        if (unopened.isEmpty() || isKnown(unopened.get())) {
            return true;
        }
        noise.dropped(
                unopened.get().source(),
                Outcomes.UNREAD,
                FirstSignRule.unopened(unopened.get().priority()));
        return false;
    }

    private boolean isKnown(SignalPeek.Unopened sign) {
        return index.knows(CorrelationId.derive(sign.source(), sign.scope(), sign.key()));
    }
}
