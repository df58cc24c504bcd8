package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.SignalEnd;

/** What an observation that nobody asked for, such as a webhook, makes of an incident that it belongs to. */
final class Observing {

    /** Where the last known state of what has no record stands: an alert of a monitor. No platform opens it. */
    static final String ALERT = "alert";

    private Observing() {}

    static Change apply(Incident incident, Observation said, Hearing hearing) {
        return applyState(incident, said, hearing)
                .then(next -> WrittenOver.tell(next, said))
                .then(next -> Commenting.take(next, said));
    }

    private static Change applyState(Incident incident, Observation said, Hearing hearing) {
        if (said.record() == null) {
            // Where it is one of several, this is the last of them, or all of them are meant.
            return report(incident, ALERT, said, hearing)
                    .map(next -> said.isResolved() && !next.equals(incident) ? next.withMembers(Map.of()) : next);
        }
        var part = incident.part(said.platform(), said.part());
        var former = part.former(said.record().id());
        if (former.isPresent()) {
            return Change.of(
                    incident,
                    Rule.FORMER_RECORD,
                    "changes nothing, it comes from " + former.get().words());
        }
        if (part.detached()) {
            return Change.of(
                    incident,
                    Rule.FORMER_RECORD,
                    "not adopted, since the record before it was detached: " + said.platform() + " "
                            + said.record().id());
        }
        if (!part.isOpened()) {
            return adopt(incident, part, said);
        }
        return part.reference().id().equals(said.record().id())
                ? report(incident, said.part(), said, hearing).then(next -> LostLinks.apply(next, said.part(), said))
                : secondRecord(incident, part, said);
    }

    /** The record of a first sign: what its own platform shows of it. */
    static Incident firstSeen(Incident incident, Observation said) {
        var shows = said.known(incident.status(), incident.priority(), incident.title());
        var seen = said.record() == null
                ? incident.withPart(said.platform(), ALERT, part -> part.showing(shows))
                : incident.withPart(said.platform(), said.part(), part -> part.opened(said.record(), shows));
        return Commenting.take(seen, said).incident();
    }

    private static Change adopt(Incident incident, Part part, Observation said) {
        var ours = said.carries(keyOf(incident, part));
        // What a record of ours does not say it does not show; of somebody else's nothing is to be written for that.
        var shows = said.known(incident.status(), ours ? null : incident.priority(), incident.title());
        var reference = new ReferenceBuilder()
                .from(said.record())
                .ours(ours)
                .keyTaken(!ours && said.record().keyTaken())
                .build();
        var adopted = incident.withPart(said.platform(), said.part(), current -> current.opened(reference, shows));
        return Change.of(
                ours ? adopted.metAt(shows.status().value()) : adopted,
                Rule.ADOPT,
                "adopted " + said.platform() + " " + said.part() + " " + reference.id() + " from its own webhook");
    }

    private static Change secondRecord(Incident incident, Part part, Observation said) {
        var id = said.record().id();
        if (part.duplicates().contains(id) && said.isResolved()) {
            return Change.of(
                    incident.withPart(said.platform(), said.part(), known -> known.withoutDuplicate(id)),
                    Rule.SECOND_RECORD,
                    "the second record of ours is closed: " + said.platform() + " " + id);
        }
        // Only where a create of unknown outcome was followed by another can the second record be ours; anything
        // else that carries our key is a person's copy, and closing it would destroy their work.
        // Once it is closed, by us as a rule, what it tells is only the echo of that.
        if (part.suspect() && said.carries(keyOf(incident, part)) && !said.isResolved()) {
            if (part.duplicates().contains(id)) {
                return Change.of(incident, Rule.NO_NEWS, "says what is already known of a second record of ours");
            }
            var next = incident.withPart(said.platform(), said.part(), known -> known.withDuplicate(id))
                    .unsettled();
            return Change.of(next, Rule.SECOND_RECORD, "a second record of ours: " + said.platform() + " " + id);
        }
        return Change.of(
                incident, Rule.COPY, "a copy that carries our key, not applied: " + said.platform() + " " + id);
    }

    private static Change report(Incident incident, String name, Observation said, Hearing hearing) {
        var part = incident.part(said.platform(), name);
        var known = part.known() == null
                ? new Known(incident.status(), incident.priority(), Instant.EPOCH, -1)
                : part.known();
        var seen = SeenFields.reported(incident, part, known, said, hearing.rules());
        if (seen.isUnclear()) {
            // What is clear of it is read as well.
            return Change.of(
                    incident.withPart(
                                    said.platform(),
                                    name,
                                    current -> current.rereading(Reread.ofReport(
                                            Step.recordName(incident.id(), said.platform(), name), said.status())))
                            .unsettled(),
                    Rule.UNCLEAR,
                    "cannot be ordered in time: " + said.platform() + " is read");
        }
        var newer = known.status().isBefore(said.status());
        var shows = seen.in(known);
        if (!newer && shows.equals(known)) {
            return Change.of(incident, Rule.NO_NEWS, "says nothing newer than what is known");
        }
        var taken = newer && isTaken(incident, part, said);
        var next =
                incident.withPart(said.platform(), name, current -> (taken ? current.taken() : current).showing(shows));
        return said.isOnlyTold()
                ? onlyTold(next, said, hearing)
                : byOthers(next, known.status().value(), seen, said, hearing);
    }

    /** Over there, and the incident goes on: people are told, where that is wanted. */
    private static Change onlyTold(Incident incident, Observation said, Hearing hearing) {
        var told = said.end() == SignalEnd.COMMENT
                ? Commenting.say(incident, "over in {" + said.platform() + "}", hearing.at(), Set.of())
                : incident;
        return Change.of(
                told,
                Rule.ONLY_TOLD,
                "is over there, which changes nothing elsewhere (" + said.end().word() + ")");
    }

    /** Our own key where it belongs is nobody else's, nor does it matter on a record that the hub made. */
    private static boolean isTaken(Incident incident, Part part, Observation said) {
        return said.record() != null
                && said.record().keyTaken()
                && part.isOpened()
                && !part.reference().ours()
                && !said.carries(keyOf(incident, part));
    }

    /**
     * What somebody changed on a platform is what is desired from now on.
     *
     * @param before which status that platform was known to show
     */
    static Change byOthers(Incident incident, Status before, SeenFields seen, Observation said, Hearing hearing) {
        var status = seen.status();
        var priority = seen.priority();
        // What stands says nothing about whether somebody has answered.
        var shown = said.isActive()
                ? incident.status().after(said.status().value())
                : status.shown().value();
        var isLate = status.byOthers() && isLate(incident, before, shown);
        var contest = new Contest(incident, said.platform(), hearing);
        var nextStatus = status.byOthers() && !isLate
                ? contest.changed(Contest.STATUS, incident.status(), shown)
                : incident.status();
        var nextPriority = priority.byOthers()
                ? contest.changed(
                        Contest.PRIORITY, incident.priority(), priority.shown().value())
                : incident.priority();
        var nextTitle =
                seen.title().byOthers() ? titleAfter(incident, seen.title().shown(), contest) : incident.title();
        var changesState = nextStatus != incident.status() || nextPriority != incident.priority();
        var changesTitle = !nextTitle.equals(incident.title());
        var changes = changesState || changesTitle;
        var next = changes ? contest.keptIn(incident).desiring(nextStatus, nextPriority, nextTitle) : incident;
        var notes = new ArrayList<Note>();
        if (changesState) {
            notes.add(new Note(Rule.CHANGE, said.platform() + " changed it to " + nextStatus + " " + nextPriority));
        }
        if (changesTitle) {
            notes.add(new Note(Rule.CHANGE, said.platform() + " changed the title to '" + nextTitle + "'"));
        }
        if (isLate) {
            var late = "{" + said.platform() + "} shows " + shown
                    + ", set while the incident was resolved: it stays resolved";
            next = Commenting.say(next, late, hearing.at(), allBut(incident, Set.of(said.platform())));
            notes.add(new Note(Rule.STAYS_RESOLVED, plain(late)));
        }
        for (var decided : contest.notes()) {
            next = Commenting.say(next, decided.text(), hearing.at(), Set.of());
            notes.add(new Note(decided.rule(), plain(decided.text())));
        }
        if (changesTitle) {
            next = Title.readingOthers(next, said);
        }
        if (nextStatus != incident.status()) {
            next = Acknowledging.told(next, incident.status(), said.platform(), hearing);
        }
        if (notes.isEmpty()) {
            return Change.of(incident, Rule.NO_NEWS, "says what is already so");
        }
        // Where somebody lost, that platform is brought back to what is desired.
        return new Change(changes ? next : next.unsettled(), notes);
    }

    /** The priority before it belongs to the record, not to the title; with nothing else there is no title. */
    private static String titleAfter(Incident incident, Shown<String> shown, Contest contest) {
        return Title.shows(shown.value(), incident.title()) || Title.saysNothing(shown.value(), incident.priority())
                ? incident.title()
                : contest.changed(Contest.TITLE, incident.title(), Title.bare(shown.value(), incident.priority()));
    }

    static Set<String> allBut(Incident incident, Set<String> told) {
        var others = new TreeSet<>(incident.platforms().keySet());
        others.removeAll(told);
        return others;
    }

    private static String plain(String text) {
        return text.replaceAll("[{}]", "");
    }

    /** Who changes the status of a record that did not show the end has not seen the end, and does not take it back. */
    private static boolean isLate(Incident incident, Status before, Status shown) {
        return incident.status() == Status.RESOLVED && shown != Status.RESOLVED && before != Status.RESOLVED;
    }

    private static PlatformKey keyOf(Incident incident, Part part) {
        return part.key(incident.id());
    }
}
