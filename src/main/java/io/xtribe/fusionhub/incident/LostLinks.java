package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Links that a record does not show any more, though the hub has written them: somebody removed or changed them. */
final class LostLinks {

    /** No link is written again before that, or the hub and whatever removes it would go on for ever. */
    private static final Duration AGAIN = Duration.ofHours(1);
    /** Whoever has removed it as often means it. */
    private static final int MOST = 3;

    private LostLinks() {}

    /** What it does not tell of links it does not say: a place that the vendor hides is not empty. */
    static Change apply(Incident incident, String name, Observation said) {
        var part = incident.part(said.platform(), name);
        if (said.links() == null || incident.status() == Status.RESOLVED || part.linking() != null) {
            return new Change(incident, List.of());
        }
        var lost = lost(part, said);
        if (lost.isEmpty()) {
            return new Change(incident, List.of());
        }
        return Change.of(
                incident.withPart(
                                said.platform(),
                                name,
                                current -> current.losing(lost, said.status().at()))
                        .unsettled(),
                Rule.LOST_LINK,
                said.platform() + " " + name + " does not show the links to " + String.join(", ", lost)
                        + " any more: they are written again");
    }

    private static Set<String> lost(Part part, Observation said) {
        var lost = new TreeSet<String>();
        part.links().forEach((place, url) -> {
            if (isDue(part.repairs().get(place), said) && !isShown(url, said.links())) {
                lost.add(place);
            }
        });
        return lost;
    }

    static boolean isDue(Repair before, Observation said) {
        return before == null
                || before.times() < MOST
                        && !before.at().plus(AGAIN).isAfter(said.status().at());
    }

    private static boolean isShown(String url, List<String> texts) {
        return texts.stream().anyMatch(text -> contains(text, url));
    }

    /** Not merely as the beginning of a longer URL: /incidents/1 is not shown by /incidents/12. */
    private static boolean contains(String text, String url) {
        for (var at = text.indexOf(url); at >= 0; at = text.indexOf(url, at + 1)) {
            var end = at + url.length();
            if (end == text.length() || !Character.isLetterOrDigit(text.charAt(end))) {
                return true;
            }
        }
        return false;
    }
}
