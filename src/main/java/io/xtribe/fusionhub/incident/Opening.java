package io.xtribe.fusionhub.incident;

import java.util.List;

/** What is made of a create, and of the search for what one may have left. */
final class Opening {

    private Opening() {}

    static Incident opened(Incident incident, Step step, Observation said) {
        var part = incident.part(step.platform(), step.part());
        var id = said.record().id();
        if (part.isOpened() && !part.reference().id().equals(id)) {
            return step.changeIn(incident, current -> current.withDuplicate(id));
        }
        var reference = said.record().withOurs(true);
        var shows = said.known(incident.status(), null, incident.title());
        var opened = step.changeIn(incident, current -> current.opened(reference, shows));
        // A webhook that was faster has been heard already.
        return part.isOpened() ? opened : opened.metAt(shows.status().value());
    }

    static Change rechecked(Incident incident, Step step, List<Observation> ours) {
        var kept = step.state().reference().id();
        var seconds = ours.stream()
                .filter(record -> !record.record().id().equals(kept) && !record.isResolved())
                .toList();
        return duplicates(incident, step, seconds)
                .map(next -> step.conclusive() ? step.changeIn(next, Part::rechecked) : next);
    }

    static Change duplicates(Incident incident, Step step, List<Observation> seconds) {
        var next = incident;
        for (var second : seconds) {
            next = step.changeIn(
                    next, part -> part.withDuplicate(second.record().id()));
        }
        return new Change(
                next,
                seconds.stream()
                        .map(second -> new Note(
                                Rule.SECOND_RECORD,
                                "a second record of ours: " + step.subject() + " "
                                        + second.record().number() + " "
                                        + second.record().url()))
                        .toList());
    }

    static Change nothingFound(Incident incident, Step step, Attempt attempt, Recheck recheck) {
        var now = incident.part(step.platform(), step.part());
        var next = incident;
        if (!now.isOpened() && now.hasAttempt(step.state().attempt())) {
            next = step.changeIn(
                    incident,
                    part -> incident.status() == Status.RESOLVED
                            ? part.notCreated()
                            : part.attempting(attempt).suspecting(recheck));
        }
        // Of several finds that brought nothing up only the first makes an attempt, and it is begun only once.
        var creates = next.part(step.platform(), step.part()).attempt() != null;
        return Change.of(
                next,
                Rule.LOOK_FIRST,
                "an earlier create of " + step.subject() + " left nothing, "
                        + (creates ? "creating again" : "and none is needed any more"));
    }
}
