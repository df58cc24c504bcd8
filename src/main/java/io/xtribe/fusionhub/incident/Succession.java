package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.List;

/**
 * What follows where a record cannot be opened again, or was merged into another one: pure. Another record takes its place, and
 * all that is known of the one before is who it was.
 */
final class Succession {

    private Succession() {}

    /**
     * The same change, and what follows from it for records that cannot be opened again.
     *
     * @param said what was told, or null
     */
    static Change after(Change change, Observation said) {
        return change.map(incident -> marked(incident, said)).then(Succession::succeeded);
    }

    private static Incident marked(Incident incident, Observation said) {
        if (said == null || said.record() == null) {
            return incident;
        }
        return incident.withPart(said.platform(), said.part(), part -> {
            var isIts = part.isOpened()
                    && part.reference().id().equals(said.record().id())
                    && part.known() != null;
            return isIts
                    ? part.withClosed(
                            part.known().status().value() == Status.RESOLVED && (said.isClosed() || part.closed()))
                    : part;
        });
    }

    private static Change succeeded(Incident incident) {
        var change = new Change(incident, List.of());
        if (incident.status() == Status.RESOLVED) {
            return change;
        }
        for (var platform : incident.platforms().keySet()) {
            for (var name : incident.partsOf(platform).keySet()) {
                if (incident.part(platform, name).closed()) {
                    change = change.then(next -> succeeded(next, platform, name));
                }
            }
        }
        return change;
    }

    private static Change succeeded(Incident incident, String platform, String name) {
        var before = incident.part(platform, name);
        var next = incident.withPart(platform, name, Part::succeeded);
        return Change.of(
                next.unsettled(),
                Rule.SUCCESSOR,
                platform + " " + name + " " + before.reference().number()
                        + " cannot be opened again: another one takes its place, with the key "
                        + next.part(platform, name).key(next.id()));
    }

    /**
     * A platform merged the record into another one, which is followed from then on. Until it tells its status it counts as
     * showing what the one before did. To be used only where no other incident has the survivor.
     */
    static Change merged(Incident incident, Observation said, Reference survivor, Hearing hearing) {
        var part = incident.part(said.platform(), said.part());
        var isIts =
                part.isOpened() && part.reference().id().equals(said.record().id());
        if (!isIts || incident.status() == Status.RESOLVED) {
            return incident.observe(said, hearing);
        }
        var showed = part.known();
        var status = showed == null || showed.status().value() == Status.RESOLVED
                ? incident.status()
                : showed.status().value();
        // Of its priority nothing is known: it is given the incident's, and the answer tells the rest.
        var shows = new Known(status, null, Instant.EPOCH, -1);
        return Change.of(
                incident.withPart(said.platform(), said.part(), current -> current.mergedInto(survivor, shows))
                        .unsettled(),
                Rule.MERGE,
                said.platform() + " " + said.part() + " " + part.reference().number() + " was merged into "
                        + survivor.number() + " " + survivor.url() + ", which is followed from now on");
    }
}
