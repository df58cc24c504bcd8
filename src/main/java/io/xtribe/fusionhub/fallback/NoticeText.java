package io.xtribe.fusionhub.fallback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A notice in words. */
final class NoticeText {

    /** So many incidents stand one by one in a message; the hub's page has all of them. */
    static final int LISTED = 50;
    /** What the Events API takes of a summary, and more than a line of a mail's subject should hold. */
    private static final int LONGEST = 1024;

    private NoticeText() {}

    /** One line: the subject of a mail. */
    static String summary(Notice notice) {
        var first = notice.incidents().get(0);
        var told = notice.incidents().size() == 1
                ? "Nobody is paged for " + first.priority() + " " + first.title()
                : "Nobody is paged for " + notice.incidents().size() + " incidents, the oldest is " + first.priority()
                        + " " + first.title();
        var line = told.replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "\u2026" : line;
    }

    /** All that is known. */
    static String body(Notice notice, Duration deadline) {
        var lines = new ArrayList<String>();
        lines.add(summary(notice) + ".");
        lines.add("Fusion Hub could not have anybody paged within " + deadline.toSeconds() + " s"
                + (notice.reason().isEmpty() ? "." : ": " + notice.reason()));
        lines.add("It goes on trying. Look after it yourself until then; docs/runbook.md says how.");
        listed(notice).forEach(incident -> {
            lines.add("");
            lines.add(incident.priority() + " " + incident.title());
            lines.add("incident " + incident.id() + ", from " + incident.origin() + ", received "
                    + incident.receivedAt());
            links(incident).forEach(lines::add);
        });
        if (notice.incidents().size() > LISTED) {
            lines.add("");
            lines.add("and " + (notice.incidents().size() - LISTED)
                    + " more, which the hub's page and /api/incidents list");
        }
        return String.join("\n", lines) + "\n";
    }

    static List<Unpaged> listed(Notice notice) {
        return notice.incidents().stream().limit(LISTED).toList();
    }

    private static Stream<String> links(Unpaged incident) {
        return Stream.concat(
                incident.records().stream()
                        .map(record -> record.platform() + " " + record.number() + " " + record.url()),
                Stream.of(incident.url()).filter(url -> !url.isEmpty()));
    }
}
