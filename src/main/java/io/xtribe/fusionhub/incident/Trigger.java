package io.xtribe.fusionhub.incident;

import java.time.Instant;

import io.xtribe.fusionhub.signal.Signal;

/** Makes the record of an incident that a first sign opens. */
public final class Trigger {

    /** What stands in a record, so that it stays small; even the longest column of a platform takes less. */
    static final int DESCRIPTION_LIMIT = 6_000;

    private Trigger() {}

    /**
     * The record that a first sign opens. It is open even when its own platform already calls it in progress: nobody
     * has answered the page yet.
     *
     * @param unconfirmed whether its platform must first say that it still stands
     */
    public static Incident open(Signal signal, Instant now, boolean unconfirmed) {
        var origin = new Origin(
                signal.platform(),
                signal.firstSign().source(),
                signal.scope(),
                signal.key(),
                signal.firstSign().subject(),
                Recurring.series(signal),
                signal.series());
        var id = CorrelationId.derive(signal.platform(), signal.scope(), signal.key());
        var said = Observation.of(signal);
        var seen = Observing.firstSeen(open(id, origin, signal, now, unconfirmed), said);
        return Folding.first(seen, said, Recurring.Sign.opening(signal, unconfirmed));
    }

    /** An incident that there was before, under its id. Which sign it began with is not known any more. */
    static Incident open(String id, Signal signal, Instant now) {
        var origin = new Origin(signal.platform(), signal.platform(), signal.scope(), signal.key(), "", "", "");
        return open(id, origin, signal, now, false);
    }

    private static Incident open(String id, Origin origin, Signal signal, Instant now, boolean unconfirmed) {
        var priority = Priority.parse(signal.priority()).orElseThrow();
        return new IncidentBuilder()
                .id(id)
                .generation(1)
                .origin(origin)
                .title(title(signal, priority))
                .description(cut(signal.description(), DESCRIPTION_LIMIT))
                .priority(priority)
                .status(Status.OPEN)
                .hints(signal.hints())
                .startedAt(signal.occurredAt())
                .receivedAt(now)
                .unconfirmed(unconfirmed)
                .build();
    }

    private static String title(Signal signal, Priority priority) {
        return Title.saysNothing(signal.title(), priority)
                ? "Incident of "
                        + (signal.firstSign() == null
                                ? signal.platform()
                                : signal.firstSign().source())
                : cut(Title.bare(signal.title(), priority), Title.LIMIT);
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
