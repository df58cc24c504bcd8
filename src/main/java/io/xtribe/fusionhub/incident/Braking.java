package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Set;

/** What the storm brake, and an operator who takes it off, make of an incident: pure. */
final class Braking {

    private Braking() {}

    /** Stored as settled, so that no hub takes it for work, one of an earlier version among them. */
    static Incident hold(Incident incident, Held held) {
        return incident.withHeld(held).settled(Set.of());
    }

    /** It begins again: whether it is held is decided anew. Of what is not over nothing is decided. */
    static Incident anew(Incident incident, Held mark, Instant at) {
        if (!incident.isHeldBack() || incident.status() != Status.RESOLVED) {
            return incident;
        }
        return incident.withHeld(mark == null ? incident.held().released(at) : mark);
    }

    static Change release(Incident incident, Instant at) {
        if (!incident.waitsForRelease()) {
            throw notHeld(incident);
        }
        return Change.of(
                incident.withHeld(incident.held().released(at)).unsettled(),
                Rule.STORM_BRAKE,
                "released: it is opened on the platforms");
    }

    /** Over for the hub. Its mark stays: what its own platform has of it is not the hub's to close. */
    static Change discard(Incident incident) {
        if (!incident.waitsForRelease()) {
            throw notHeld(incident);
        }
        return Change.of(
                incident.desiring(Status.RESOLVED, incident.priority()).settled(Set.of()),
                Rule.STORM_BRAKE,
                "discarded: it is over for the hub, and nothing is written to any platform");
    }

    private static NotPossibleException notHeld(Incident incident) {
        return new NotPossibleException(
                incident.held() == null
                        ? "the storm brake does not hold it"
                        : incident.isHeldBack() ? "it is over or discarded" : "it was released already");
    }
}
