package io.xtribe.fusionhub.incident;

import java.util.Set;

/** What is made of an old trigger that its platform says does not stand any more. */
final class Confirming {

    private Confirming() {}

    /**
     * The record becomes what the platform says, so that nothing is left to be done: least of all may a client's own
     * ticket be resolved for having been lowered. It stays unconfirmed; should it be raised again, it is asked again.
     */
    static Incident notConfirmed(Incident incident, Observation said) {
        var shows = said.known(incident.status(), Priority.P5, incident.title());
        var origin = incident.origin();
        var next = incident;
        for (var name : incident.partsOf(origin.platform()).keySet()) {
            if (isOrigin(incident.part(origin.platform(), name), origin)) {
                next = next.withPart(origin.platform(), name, part -> part.showing(shows));
            }
        }
        var status = shows.status().value();
        var priority = shows.priority().value();
        var same = status == incident.status() && priority == incident.priority();
        var told = same ? next : next.desiring(status, priority);
        // What was only to be opened again is as it was before, and what is left to do about that is done.
        return incident.cycle() == null ? told.settled(Set.of()) : told.confirmed();
    }

    /** A monitor has no record; what is known of its alert stands in a part all the same. */
    private static boolean isOrigin(Part part, Origin origin) {
        return part.isOpened() ? part.reference().id().equals(origin.subject()) : part.known() != null;
    }
}
