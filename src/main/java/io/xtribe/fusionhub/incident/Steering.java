package io.xtribe.fusionhub.incident;

import java.util.List;
import java.util.TreeSet;

/** What an operator asks for by hand: pure. What makes no sense is refused with the reason. */
final class Steering {

    private Steering() {}

    /** Everything that was refused is tried again. */
    static Change retry(Incident incident) {
        var change = incident.retrying(Rule.OPERATOR, (platform, refusal) -> true);
        if (change.notes().isEmpty()) {
            throw new NotPossibleException("nothing of it is rejected");
        }
        return change;
    }

    /** What went back and forth is written again, as it is desired now. */
    static Change unfreeze(Incident incident) {
        if (incident.frozen().isEmpty()) {
            throw new NotPossibleException("nothing of it is frozen");
        }
        return Change.of(
                incident.unfrozen(),
                Rule.OPERATOR,
                "released: "
                        + String.join(" and ", new TreeSet<>(incident.frozen().keySet())));
    }

    static Change converge(Incident incident) {
        return Change.of(incident.unsettled(), Rule.OPERATOR, "marked as work");
    }

    /** It is over, and so everywhere. */
    static Change close(Incident incident) {
        if (incident.status() == Status.RESOLVED) {
            throw new NotPossibleException(
                    "it is resolved already; what a platform rejected of that, retry tries again");
        }
        return Change.of(incident.desiring(Status.RESOLVED, incident.priority()), Rule.OPERATOR, "resolved everywhere");
    }

    /** This record is the one. To be used only where no other incident has it. */
    static Change attach(Incident incident, Observation said) {
        var platform = said.platform();
        var name = said.part();
        var part = incident.part(platform, name);
        checkNoCreate(part, platform, name);
        if (part.isOpened() && part.reference().id().equals(said.record().id())) {
            throw new NotPossibleException(words(platform, name, part.reference()) + " is attached already");
        }
        if (said.isClosed() && incident.status() != Status.RESOLVED) {
            throw new NotPossibleException(words(platform, name, said.record())
                    + " is closed and cannot be opened again, and the incident is not over");
        }
        var before = part.isOpened() ? detach(incident, platform, name) : new Change(incident, List.of());
        return before.then(detached -> {
            var key = detached.part(platform, name).key(detached.id());
            var ours = said.carries(key);
            var reference = new ReferenceBuilder()
                    .from(said.record())
                    .ours(ours)
                    .keyTaken(!ours && said.record().keyTaken())
                    .build();
            var shows = said.known(detached.status(), ours ? null : detached.priority(), detached.title());
            return Change.of(
                    detached.withPart(platform, name, current -> current.attached(reference, shows))
                            .unsettled(),
                    Rule.OPERATOR,
                    "attached " + words(platform, name, reference) + " " + reference.url());
        });
    }

    /** This record is not the one. Nothing takes its place before somebody asks for it. */
    static Change detach(Incident incident, String platform, String name) {
        var part = incident.part(platform, name);
        if (!part.isOpened()) {
            throw new NotPossibleException("it has no " + platform + " " + name);
        }
        return Change.of(
                incident.withPart(platform, name, Part::detachedNow).unsettled(),
                Rule.OPERATOR,
                "detached " + words(platform, name, part.reference()));
    }

    /** Opens a record where there is none, whatever a platform refused and whoever detached the one before. */
    static Change open(Incident incident, String platform, String name) {
        var part = incident.part(platform, name);
        if (part.isOpened()) {
            throw new NotPossibleException("it has " + words(platform, name, part.reference()) + "; detach it first");
        }
        checkNoCreate(part, platform, name);
        if (incident.isHeldBack()) {
            throw new NotPossibleException("the storm brake holds it: release it");
        }
        if (incident.status() == Status.RESOLVED) {
            throw new NotPossibleException("it is resolved: nothing is opened for what is over");
        }
        if (incident.unconfirmed()) {
            throw new NotPossibleException("its origin has not said that it stands: nothing is opened before that");
        }
        return Change.of(
                incident.withPart(platform, name, Part::toBeOpened).unsettled(),
                Rule.OPERATOR,
                "a " + platform + " " + name + " is opened");
    }

    private static void checkNoCreate(Part part, String platform, String name) {
        if (part.attempt() != null) {
            throw new NotPossibleException("a create of its " + platform + " " + name
                    + " is under way, or may have left a record that is still looked for: ask again in a minute");
        }
    }

    private static String words(String platform, String name, Reference record) {
        return platform + " " + name + " " + (record.number().isEmpty() ? record.id() : record.number());
    }
}
