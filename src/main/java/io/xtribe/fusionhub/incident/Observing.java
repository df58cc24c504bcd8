package io.xtribe.fusionhub.incident;

import java.time.Instant;

import io.xtribe.fusionhub.signal.PlatformKey;

/** What an observation that nobody asked for, such as a webhook, makes of an incident that it belongs to. */
final class Observing {

    /** Where the last known state of what has no record stands: an alert of a monitor. No platform opens it. */
    private static final String ALERT = "alert";

    private Observing() {}

    static Change apply(Incident incident, Observation said) {
        if (said.record() == null) {
            return report(incident, ALERT, said);
        }
        var part = incident.part(said.platform(), said.part());
        if (!part.isOpened()) {
            return adopt(incident, part, said);
        }
        return part.reference().id().equals(said.record().id())
                ? report(incident, said.part(), said).then(next -> LostLinks.apply(next, said.part(), said))
                : secondRecord(incident, part, said);
    }

    /** The record of a first sign: what its own platform shows of it. */
    static Incident firstSeen(Incident incident, Observation said) {
        var shows = said.known(incident.status(), incident.priority());
        return said.record() == null
                ? incident.withPart(said.platform(), ALERT, part -> part.showing(shows))
                : incident.withPart(said.platform(), said.part(), part -> part.opened(said.record(), shows));
    }

    private static Change adopt(Incident incident, Part part, Observation said) {
        var ours = said.carries(keyOf(incident, part));
        // What a record of ours does not say it does not show; of somebody else's nothing is to be written for that.
        var shows = said.known(incident.status(), ours ? null : incident.priority());
        var reference = new ReferenceBuilder()
                .from(said.record())
                .ours(ours)
                .keyTaken(!ours && said.record().keyTaken())
                .build();
        var adopted = incident.withPart(said.platform(), said.part(), current -> current.opened(reference, shows));
        return Change.of(
                ours ? adopted.metAt(shows.status().value()) : adopted,
                "adopted " + said.platform() + " " + said.part() + " " + reference.id() + " from its own webhook");
    }

    private static Change secondRecord(Incident incident, Part part, Observation said) {
        var id = said.record().id();
        if (part.duplicates().contains(id) && said.isResolved()) {
            return Change.of(
                    incident.withPart(said.platform(), said.part(), known -> known.withoutDuplicate(id)),
                    "the second record of ours is closed: " + said.platform() + " " + id);
        }
        // Only where a create of unknown outcome was followed by another can the second record be ours; anything
        // else that carries our key is a person's copy, and closing it would destroy their work.
        // Once it is closed, by us as a rule, what it tells is only the echo of that.
        if (part.suspect() && said.carries(keyOf(incident, part)) && !said.isResolved()) {
            if (part.duplicates().contains(id)) {
                return Change.of(incident, "says what is already known of a second record of ours");
            }
            var next = incident.withPart(said.platform(), said.part(), known -> known.withDuplicate(id))
                    .unsettled();
            return Change.of(next, "a second record of ours: " + said.platform() + " " + id);
        }
        return Change.of(incident, "a copy that carries our key, not applied: " + said.platform() + " " + id);
    }

    private static Change report(Incident incident, String name, Observation said) {
        var part = incident.part(said.platform(), name);
        var known = part.known() == null
                ? new Known(incident.status(), incident.priority(), Instant.EPOCH, -1)
                : part.known();
        var status =
                known.status().reported(said.statusAfter(known.status().value()), said.status(), incident.status());
        var priority =
                known.priority().reported(said.knownPriority().orElse(null), said.priority(), incident.priority());
        var newer = known.status().isBefore(said.status());
        var shows = known.with(status.shown(), priority.shown());
        if (!newer && shows.equals(known)) {
            return Change.of(incident, "says nothing newer than what is known");
        }
        var taken = newer && isTaken(incident, part, said);
        return byOthers(
                incident.withPart(said.platform(), name, current -> (taken ? current.taken() : current).showing(shows)),
                status,
                priority,
                said);
    }

    /** Our own key where it belongs is nobody else's, nor does it matter on a record that the hub made. */
    private static boolean isTaken(Incident incident, Part part, Observation said) {
        return said.record() != null
                && said.record().keyTaken()
                && part.isOpened()
                && !part.reference().ours()
                && !said.carries(keyOf(incident, part));
    }

    /** What somebody changed on a platform is what is desired from now on. */
    static Change byOthers(
            Incident incident, Shown.Seen<Status> status, Shown.Seen<Priority> priority, Observation said) {
        var nextStatus = status.byOthers() ? status.shown().value() : incident.status();
        var nextPriority = priority.byOthers() ? priority.shown().value() : incident.priority();
        if (nextStatus == incident.status() && nextPriority == incident.priority()) {
            return Change.of(incident, "says what is already so");
        }
        return Change.of(
                incident.desiring(nextStatus, nextPriority),
                said.platform() + " changed it to " + nextStatus + " " + nextPriority);
    }

    private static PlatformKey keyOf(Incident incident, Part part) {
        return new PlatformKey(incident.id(), part.keyNumber());
    }
}
