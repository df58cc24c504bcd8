package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;

/**
 * What began once and begins again under another key, as a monitor that alerts again: whether that belongs to the incident of
 * before, and what it makes of it. Pure.
 */
public final class Recurring {

    /** The part under which {@link ReferenceStore} keeps which incident a series belongs to. */
    public static final String SERIES = "series";

    private Recurring() {}

    /**
     * What a signal of a series is, but for what it says.
     *
     * @param cycle as what its cycle is known
     * @param opens whether it is a first sign that opens
     * @param begins whether it tells that something has begun, and not that it goes on
     * @param unconfirmed whether its platform must first say that it still stands
     * @param member which of several it tells of that fold into one incident, or empty
     * @param title of the alert, as it is told
     */
    public record Sign(String cycle, boolean opens, boolean begins, boolean unconfirmed, String member, String title) {

        /** One of a series that is one alert. */
        Sign(String cycle, boolean opens, boolean begins, boolean unconfirmed) {
            this(cycle, opens, begins, unconfirmed, "", "");
        }

        /** One that opens nothing. */
        public static Sign following(Signal signal) {
            return new Sign(Recurring.cycle(signal), false, false, false, signal.member(), signal.title());
        }

        /** A first sign that opens. */
        public static Sign opening(Signal signal, boolean unconfirmed) {
            // A poll gives each alert in once, in whatever state it finds it: to the hub it begins then.
            var begins = signal.kind() == SignalKind.TRIGGERED || Signal.isMadeUp(signal.key());
            return new Sign(Recurring.cycle(signal), true, begins, unconfirmed, signal.member(), signal.title());
        }
    }

    /** As what a signal's series is known; empty where it has none, or does not tell its cycle. */
    public static String series(Signal signal) {
        return signal.series().isEmpty() || signal.key().isEmpty()
                ? ""
                : CorrelationId.derive(signal.platform(), signal.scope(), SERIES + ":" + signal.series());
    }

    /** As what the cycle of a signal is known: the id that its incident would have. */
    public static String cycle(Signal signal) {
        return CorrelationId.derive(signal.platform(), signal.scope(), signal.key());
    }

    /**
     * Whether the incident is over for less than this time, or not at all.
     *
     * @param at when it begins again, by the platform's clock
     */
    public static boolean isWithin(Duration window, Incident incident, String platform, Instant at) {
        if (incident.status() != Status.RESOLVED) {
            return true;
        }
        // Hours are compared: it does not matter that each platform has a clock of its own.
        return incident.platforms().entrySet().stream()
                .flatMap(entry -> entry.getValue().entrySet().stream()
                        .map(part -> last(part.getValue(), isAlert(entry.getKey(), part.getKey(), platform))))
                .filter(Objects::nonNull)
                .anyMatch(last -> !at.isAfter(last.plus(window)));
    }

    private static boolean isAlert(String platform, String part, String origin) {
        return platform.equals(origin) && part.equals(Observing.ALERT);
    }

    /** Of an alert that was not told to be over it counts when it was heard of last. */
    private static Instant last(Part part, boolean isAlert) {
        return Stream.ofNullable(part.known())
                .filter(known -> isAlert || known.status().value() == Status.RESOLVED)
                .map(known -> known.status().at())
                .findFirst()
                .orElse(null);
    }

    /** A signal of the series, of whatever cycle, to be taken into the incident of the series. */
    static Change apply(Incident incident, Observation said, Sign sign, Hearing hearing) {
        if (!sign.member().isEmpty() && incident.status() != Status.RESOLVED) {
            return Folding.apply(incident, said, sign, hearing);
        }
        if (!sign.member().isEmpty() && Folding.isOfKnown(incident, sign)) {
            return Folding.afterEnd(incident, said, sign, hearing);
        }
        if (sign.cycle().equals(incident.cycle())) {
            return incident.observe(said, hearing);
        }
        var known = incident.part(said.platform(), Observing.ALERT).known();
        if (known != null && known.status().isAfter(said.status())) {
            return Change.of(incident, Rule.SERIES, "of an earlier cycle of the alert, changes nothing");
        }
        if (said.isResolved()) {
            return incident.observe(said, hearing);
        }
        if (incident.status() != Status.RESOLVED) {
            return Change.of(
                            incident.withCycle(sign.cycle()),
                            Rule.SERIES,
                            "another cycle of the alert that it began with")
                    .then(next -> next.observe(said, hearing));
        }
        if (isOfMadeUpCycle(incident, known, said, sign)) {
            return Change.of(
                            incident.withCycle(sign.cycle()),
                            Rule.SERIES,
                            "tells of the alert that a poll has found, and that somebody has resolved")
                    .then(next -> next.observe(said, hearing));
        }
        if (!sign.opens()) {
            return Change.of(incident, Rule.SERIES, "another cycle of the alert, of a kind that opens nothing");
        }
        // Where it cannot be told from an echo of the end, its platform is asked.
        var mustAsk = sign.unconfirmed() || known != null && !known.status().isBefore(said.status());
        var again = reopened(incident, said, sign.cycle(), mustAsk);
        return Succession.after(again.map(next -> Folding.first(next.withMembers(Map.of()), said, sign)), null);
    }

    /**
     * Whether it is the cycle that a poll has found, which could not know its key: that goes on until its end is told, and what is told as
     * having begun before the poll had found it began with it.
     */
    private static boolean isOfMadeUpCycle(Incident incident, Known known, Observation said, Sign sign) {
        var isMadeUp =
                incident.cycle() == null && Signal.isMadeUp(incident.origin().key());
        var isOver = known == null || known.status().value() == Status.RESOLVED;
        return isMadeUp && !isOver && (!sign.begins() || !said.status().at().isAfter(incident.receivedAt()));
    }

    private static Change reopened(Incident incident, Observation said, String cycle, boolean unconfirmed) {
        var shows = said.known(incident.status(), incident.priority(), incident.title());
        var next = incident.withPart(said.platform(), Observing.ALERT, part -> part.showing(shows))
                .withCycle(cycle)
                .withUnconfirmed(unconfirmed)
                .desiring(Status.OPEN, said.knownPriority().orElse(incident.priority()));
        return Change.of(
                next,
                Rule.REOPEN_WINDOW,
                "the alert began again within the reopen window: "
                        + (unconfirmed ? "opened again as soon as its platform says that it stands" : "opened again"));
    }
}
