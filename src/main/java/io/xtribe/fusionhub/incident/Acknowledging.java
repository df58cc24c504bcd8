package io.xtribe.fusionhub.incident;

import java.util.Set;
import java.util.TreeSet;

/** Tells by a comment of an acknowledgement, or of one that was taken back, where no record's status shows it. */
final class Acknowledging {

    private Acknowledging() {}

    /**
     * Says it where it is not to be seen otherwise.
     *
     * @param incident as it is desired now
     * @param before its status before
     * @param platform where somebody did it
     */
    static Incident told(Incident incident, Status before, String platform, Hearing hearing) {
        if (incident.status() == Status.ACKNOWLEDGED) {
            var unseen = new TreeSet<>(hearing.rules().unacknowledged());
            // It has been taken back since it was acknowledged first, and is so again.
            hearing.rules().keepingAcknowledged().stream()
                    .filter(name -> showsAcknowledged(incident, name))
                    .forEach(unseen::add);
            return say(incident, "acknowledged in {" + platform + "}", platform, unseen, hearing);
        }
        return before == Status.ACKNOWLEDGED && incident.status() == Status.OPEN
                ? say(
                        incident,
                        "acknowledgement taken back in {" + platform + "}",
                        platform,
                        hearing.rules().keepingAcknowledged(),
                        hearing)
                : incident;
    }

    private static boolean showsAcknowledged(Incident incident, String platform) {
        return incident.platforms().get(platform) != null
                && incident.platforms().get(platform).values().stream()
                        .anyMatch(
                                part -> part.isOpened() && part.known().status().value() == Status.ACKNOWLEDGED);
    }

    private static Incident say(
            Incident incident, String words, String platform, Set<String> platforms, Hearing hearing) {
        var told = new TreeSet<>(platforms);
        told.remove(platform);
        return told.isEmpty()
                ? incident
                : Commenting.say(incident, words, hearing.at(), Observing.allBut(incident, told));
    }
}
