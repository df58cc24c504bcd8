package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Several alerts of a series that fold into one incident, such as the groups of a monitor: each further one is told in a comment, a
 * higher priority of one raises that of the incident, and it is over when the last of them is. Pure.
 */
final class Folding {

    /** How many are kept at once. Those beyond are neither kept nor told: the incident is over with the last of those that are. */
    static final int MOST = 1_000;

    /** A comment that no platform has yet takes further names, up to so many characters. */
    private static final int COMMENT = 1_500;

    private Folding() {}

    /** The incident that the first of them begins. */
    static Incident first(Incident incident, Observation said, Recurring.Sign sign) {
        return sign.member().isEmpty()
                ? incident
                : incident.withMembers(Map.of(Member.key(sign.member()), Member.of(sign, said)));
    }

    /** What one of them tells, of an incident that is not over. */
    static Change apply(Incident incident, Observation said, Recurring.Sign sign, Hearing hearing) {
        var known = incident.members().get(Member.key(sign.member()));
        if (known != null && known.at() > said.status().at().toEpochMilli()) {
            return Change.of(incident, Rule.NO_NEWS, "says nothing newer than what is known of " + sign.member());
        }
        return said.isResolved()
                ? ended(incident, said, sign, known, hearing)
                : stands(incident, said, sign, known, hearing);
    }

    /** What one of those tells that stood when somebody resolved the incident: that meant all of them. */
    static Change afterEnd(Incident incident, Observation said, Recurring.Sign sign, Hearing hearing) {
        var left = new TreeMap<>(incident.members());
        left.remove(Member.key(sign.member()));
        return said.isResolved() && !left.isEmpty()
                ? Change.of(incident.withMembers(left), Rule.SERIES, sign.member() + " is over, as the incident is")
                : incident.observe(said, hearing);
    }

    /** Whether it tells of one that stood when somebody resolved the incident. */
    static boolean isOfKnown(Incident incident, Recurring.Sign sign) {
        var known = incident.members().get(Member.key(sign.member()));
        return known != null && known.isOfCycle(sign);
    }

    private static Change stands(
            Incident incident, Observation said, Recurring.Sign sign, Member known, Hearing hearing) {
        if (known == null && incident.members().size() >= MOST) {
            return Change.of(
                    incident, Rule.SERIES, sign.member() + " is not kept: " + MOST + " stand already in this incident");
        }
        var members = new TreeMap<>(incident.members());
        members.put(Member.key(sign.member()), Member.of(sign, said));
        var next = incident.withMembers(members);
        if (known != null) {
            return observed(next, said, hearing);
        }
        return Change.of(
                        tell(next, said.platform(), label(incident, sign), hearing),
                        Rule.SERIES,
                        sign.member() + " alerts too, which makes " + members.size())
                .then(told -> observed(told, said, hearing));
    }

    private static Change ended(
            Incident incident, Observation said, Recurring.Sign sign, Member known, Hearing hearing) {
        if (known == null && !incident.members().isEmpty()) {
            return Change.of(incident, Rule.SERIES, "the end of " + sign.member() + ", which is not known to stand");
        }
        var left = new TreeMap<>(incident.members());
        left.remove(Member.key(sign.member()));
        var next = incident.withMembers(left);
        return left.isEmpty()
                ? next.observe(said.notBefore(latest(next, said)), hearing)
                : Change.of(next, Rule.SERIES, sign.member() + " is over, " + left.size() + " still stand");
    }

    /** The last of them may be told to be over with an earlier time than another one was told with. */
    private static Instant latest(Incident incident, Observation said) {
        var known = incident.part(said.platform(), Observing.ALERT).known();
        return known == null ? said.status().at() : known.status().at().plusMillis(1);
    }

    /** That one of them is less urgent does not lower the others. Which one is told of first does not matter. */
    private static Change observed(Incident incident, Observation said, Hearing hearing) {
        var isLower = said.knownPriority()
                .filter(priority -> priority.compareTo(incident.priority()) > 0)
                .isPresent();
        var told = isLower ? said.withoutPriority() : said;
        var known = incident.part(said.platform(), Observing.ALERT).known();
        var isEarlier = known != null && !known.status().isBefore(said.status());
        return isEarlier
                ? incident.observe(told.notBefore(latest(incident, said)), hearing)
                : incident.observe(told, hearing);
    }

    private static String label(Incident incident, Recurring.Sign sign) {
        var name = sign.member().replaceAll("[{}]", "'");
        var title = Title.bare(sign.title(), incident.priority()).replaceAll("[{}]", "'");
        return title.isBlank() || Title.shows(sign.title(), incident.title()) ? name : name + " (" + title + ")";
    }

    /** As long as a comment of this sort is written nowhere, what follows is added to it. */
    private static Incident tell(Incident incident, String platform, String label, Hearing hearing) {
        var begin = "{" + platform + "} alerts for further groups too: ";
        var comments = incident.comments();
        var last = comments.isEmpty() ? null : comments.get(comments.size() - 1);
        if (last == null
                || !incident.takesMore(last)
                || !last.said().startsWith(begin)
                || last.said().length() + label.length() > COMMENT) {
            return Commenting.sayAndGather(incident, begin + label, hearing.at());
        }
        return Commenting.sayAndGather(
                incident.withComments(comments.subList(0, comments.size() - 1)), last.said() + "; " + label, last.at());
    }
}
