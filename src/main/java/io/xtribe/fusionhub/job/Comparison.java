package io.xtribe.fusionhub.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.intake.SignalReview.Review;
import io.xtribe.fusionhub.job.Finding.State;

/** What differs between what a platform shows of a record and what is known of it, as rows for people: pure. */
final class Comparison {

    static final String LINK = "link";

    private Comparison() {}

    /**
     * The rows of one review; empty where nothing differs that matters to anybody.
     *
     * @param review one that belongs to an incident
     */
    static List<Finding> of(Review review, State state) {
        var before = review.before().orElseThrow();
        var after = review.change().incident();
        var platform = review.signal().platform();
        var rows = new ArrayList<Finding>();
        if (after.status() != before.status()) {
            rows.add(row(before, platform, "status", shows(after.status(), before.status()), state));
        }
        if (after.priority() != before.priority()) {
            rows.add(row(before, platform, "priority", shows(after.priority(), before.priority()), state));
        }
        if (!after.title().equals(before.title())) {
            rows.add(row(
                    before, platform, "title", shows("'" + after.title() + "'", "'" + before.title() + "'"), state));
        }
        var lost = lostLinks(before, after, platform);
        if (!lost.isEmpty()) {
            rows.add(row(before, platform, LINK, "does not show " + String.join(", ", lost), state));
        }
        var comments = after.comments().size() - before.comments().size();
        if (comments > 0) {
            rows.add(row(before, platform, "comment", comments + " not told by any webhook", state));
        }
        if (rows.isEmpty() && before.isSettled() && !after.isSettled()) {
            rows.add(row(
                    before,
                    platform,
                    "record",
                    String.join("; ", review.change().notes()),
                    state));
        }
        return rows;
    }

    private static String shows(Object shown, Object known) {
        return "shows " + shown + ", the incident has " + known;
    }

    private static List<String> lostLinks(Incident before, Incident after, String platform) {
        var lost = new TreeSet<String>();
        before.platforms().getOrDefault(platform, Map.of()).forEach((name, part) -> lost(
                        part, after.part(platform, name))
                .forEach(place -> lost.add("in its " + name + " the link to " + place)));
        return List.copyOf(lost);
    }

    private static TreeSet<String> lost(Part before, Part after) {
        var lost = new TreeSet<>(before.links().keySet());
        lost.removeAll(after.links().keySet());
        return lost;
    }

    private static Finding row(Incident incident, String platform, String kind, String text, State state) {
        return new Finding(incident.id(), platform, kind, text, state, "");
    }
}
