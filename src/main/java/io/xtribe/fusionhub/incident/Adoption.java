package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.xtribe.fusionhub.signal.Signal;

/** Makes the record of an incident out of records that were on the platforms before it: pure. */
public final class Adoption {

    private Adoption() {}

    /**
     * A new incident of what stands.
     *
     * @param signals what each platform shows of it; the first is where it began
     */
    public static Incident of(List<Signal> signals, Instant now) {
        var first = signals.get(0);
        return with(Trigger.open(first, now, false), signals);
    }

    /**
     * An incident that the hub had before, under the id that its records carry.
     *
     * @param signals what each platform shows of it
     */
    public static Incident again(String id, List<Signal> signals, Instant now) {
        return with(Trigger.open(id, signals.get(0), now), signals);
    }

    private static Incident with(Incident incident, List<Signal> signals) {
        var next = incident.withStatus(furthest(signals));
        for (var signal : signals) {
            var said = Observation.of(signal);
            next = Observing.firstSeen(next, said);
            if (said.record() != null) {
                var part = next.part(said.platform(), said.part());
                var ours = signal.ourKey().isPresent() && said.carries(part.key(next.id()));
                next = next.withPart(said.platform(), said.part(), one -> one.adopted(ours, attempt(incident, said)));
            }
        }
        return next;
    }

    /** Somebody has acknowledged it where any record says so: not every platform can show that. */
    private static Status furthest(List<Signal> signals) {
        return signals.stream()
                        .map(signal -> Observation.of(signal).statusAfter(Status.OPEN))
                        .anyMatch(Status.ACKNOWLEDGED::equals)
                ? Status.ACKNOWLEDGED
                : Status.OPEN;
    }

    /** What its records show of each other is not known: a link is looked for before it is written. */
    private static Attempt attempt(Incident incident, Observation said) {
        return new Attempt(
                incident.id() + "/" + said.platform() + "/" + said.part() + "/adopted",
                Map.of(),
                0,
                "",
                incident.receivedAt(),
                true);
    }

    /** Nothing is opened there before somebody asks for it. The same incident where there is a record. */
    public static Incident withheld(Incident incident, String platform, String part) {
        return incident.withPart(platform, part, one -> one.isOpened() ? one : one.withDetached(true));
    }

    /**
     * A record may be there that nobody has met: it is looked for before one is created.
     *
     * @param target where one would be opened
     */
    public static Incident lookedFor(Incident incident, String platform, String part, Map<String, String> target) {
        return incident.withPart(
                platform,
                part,
                one -> one.isOpened()
                        ? one
                        : one.withAttempt(new Attempt(
                                incident.id() + "/" + platform + "/" + part + "/rebuilt",
                                target,
                                0,
                                "",
                                incident.receivedAt(),
                                true)));
    }
}
