package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Set;

/**
 * A change that somebody made on a record, and that the hub wrote over before it heard of it: by its webhook, which came later than that
 * of a change elsewhere. It is not taken back, since the hub goes by what it hears first; but all platforms are told, once. Pure.
 */
final class WrittenOver {

    private WrittenOver() {}

    static Change tell(Incident incident, Observation said) {
        var part = incident.part(said.platform(), said.part());
        if (said.record() == null
                || !part.isOpened()
                || part.known() == null
                || !part.reference().id().equals(said.record().id())) {
            return Change.none(incident);
        }
        return status(incident, said).then(next -> priority(next, said));
    }

    private static Change priority(Incident incident, Observation said) {
        var part = incident.part(said.platform(), said.part());
        var known = part.known();
        var told = said.knownPriority().orElse(null);
        if (part.mayHaveSent(told) || !known.priority().isWrittenOver(told, said.priority())) {
            return Change.none(incident);
        }
        var shows = known.with(known.status(), known.priority().writtenOver(told, said.priority()), known.title());
        var words = words(Contest.PRIORITY, told, known.priority().value());
        return told(incident, said, shows, said.priority().at(), words);
    }

    /** Who only took something up that is over by now has lost nothing. */
    private static Change status(Incident incident, Observation said) {
        var part = incident.part(said.platform(), said.part());
        var known = part.known();
        var told = said.statusAfter(known.status().value());
        if (part.mayHaveSent(told)
                || !known.status().isWrittenOver(told, said.status())
                || told.compareTo(known.status().value()) < 0) {
            return Change.none(incident);
        }
        var shows = known.with(known.status().writtenOver(told, said.status()), known.priority(), known.title());
        var words = words(Contest.STATUS, told, known.status().value());
        return told(incident, said, shows, said.status().at(), words);
    }

    private static Change told(Incident incident, Observation said, Known shows, Instant at, String words) {
        var text = "{" + said.platform() + "} " + words;
        var next = incident.withPart(said.platform(), said.part(), part -> part.showing(shows));
        return Change.of(
                Commenting.say(next, text, at, Set.of()),
                Rule.WRITTEN_OVER,
                text.replace("{", "").replace("}", ""));
    }

    private static String words(String field, Enum<?> lost, Enum<?> holds) {
        return "set the " + field + " to " + lost + " before the hub, which had not heard of it, wrote " + holds
                + " there: " + holds + " holds";
    }
}
