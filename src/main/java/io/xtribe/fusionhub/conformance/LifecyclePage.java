package io.xtribe.fusionhub.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.StatusRule;
import io.xtribe.fusionhub.signal.Signal;

/**
 * What each status that a platform shows makes of an incident, and what is written to the others for it: computed by the rules by
 * which the hub does it, from the tables of the descriptors.
 */
public final class LifecyclePage {

    private static final String HEAD = """
            # What a change makes of an incident

            Written by `bin/fusion platform lifecycle > docs/lifecycle.md` from `platform.yaml` in each vendor's folder and with the default
            settings; a test compares, and another one does what each row says. The rules around it stand in the
            [README](../README.md#what-stays-in-step).

            A row: a record shows a word that it did not show before. Under "the incident" is the status that is desired from then on. The
            other columns say what another record is sent that showed the incident open until then; a dash: nothing, it agrees as it is.
            "from the end" is what a record is sent that showed the end, where the incident was resolved and that differs; "from acknowledged" what
            one is sent that showed that somebody had acknowledged, or that a comment says so there.
            """;

    private final List<Platform> platforms;
    private final List<String> lines = new ArrayList<>();

    private LifecyclePage(Collection<Platform> platforms) {
        this.platforms = List.copyOf(platforms);
    }

    /** The page of these platforms. */
    public static String of(Collection<Platform> platforms) {
        var page = new LifecyclePage(platforms);
        page.lines.addAll(HEAD.lines().toList());
        page.statuses();
        page.priorities();
        return String.join("\n", page.lines) + "\n";
    }

    private void statuses() {
        for (var platform : platforms) {
            lines.add("");
            lines.add("## " + platform.descriptor().title() + " changes its status");
            lines.add("");
            var head = new ArrayList<>(List.of("record", "shows", "the incident"));
            records().forEach(record -> head.add(record.title()));
            row(head);
            row(head.stream().map(any -> "---").toList());
            platform.descriptor().status().forEach((part, table) -> table.words()
                    .keySet()
                    .forEach(word -> row(cells(
                            platform,
                            part,
                            word,
                            platform.words().status(part, word).orElse("")))));
            transitions(platform);
        }
    }

    private void transitions(Platform platform) {
        var transitions = platform.descriptor().transitions();
        if (transitions.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("What " + platform.descriptor().title()
                + " calls what happens, and the word that the record shows after it:");
        lines.add("");
        row(List.of("what happens", "shows", ""));
        row(List.of("---", "---", "---"));
        transitions.forEach(
                one -> row(List.of(one.name(), one.shows().isEmpty() ? "-" : "`" + one.shows() + "`", one.text())));
    }

    private List<String> cells(Platform platform, String part, String word, String meaning) {
        var cells = new ArrayList<>(List.of(part, "`" + word + "`"));
        if (meaning.isEmpty()) {
            cells.add("as it was");
            records().forEach(any -> cells.add("-"));
            return cells;
        }
        var isAlive = Status.OPEN.after(meaning) != Status.RESOLVED;
        var next = Status.OPEN.after(meaning);
        cells.add(
                switch (meaning) {
                    case "active" -> "as it was; open, if it was resolved";
                    case Signal.CLOSED -> "resolved; opened again it gets another record there";
                    default -> next.name().toLowerCase(Locale.ROOT);
                });
        // What stands says nothing about whether somebody has answered.
        var isTakenBack = Status.ACKNOWLEDGED.after(meaning) == Status.OPEN;
        for (var record : records()) {
            var isSelf = record.platform().equals(platform) && record.part().equals(part);
            cells.add(isSelf ? "" : sent(record, next, isAlive, isTakenBack));
        }
        return cells;
    }

    private String sent(Record record, Status next, boolean isAlive, boolean isTakenBack) {
        var open = word(record, Status.OPEN, next);
        var ended = isAlive ? word(record, Status.RESOLVED, next) : "-";
        var comment = record.rule().withholds(next) ? " and a comment" : "";
        var reopened = ended.equals("-") || ended.equals(open) ? "" : "; from the end " + ended;
        return open + comment + takenBack(record, next, isTakenBack) + reopened;
    }

    private static String takenBack(Record record, Status next, boolean isTakenBack) {
        if (!isTakenBack) {
            return "";
        }
        var sent = word(record, Status.ACKNOWLEDGED, next);
        var isToldOnly = record.platform().profile().parts().stream()
                .map(part -> record.platform().profile().statusRule(part))
                .allMatch(StatusRule::keepsAcknowledged);
        return sent.equals("-") && !isToldOnly ? "" : "; from acknowledged " + (isToldOnly ? "a comment" : sent);
    }

    private static String word(Record record, Status shown, Status desired) {
        var target = record.rule().of(shown, desired);
        return target == shown
                ? "-"
                : code(record.sent(target.name().toLowerCase(Locale.ROOT), "").path("status"));
    }

    private void priorities() {
        lines.add("");
        lines.add("## The priority changes");
        lines.add("");
        lines.add(
                "What a record is sent for a priority. What it shows after that is what it is known to show: an instance may compute another one,"
                        + " which changes nothing elsewhere and is not sent again.");
        lines.add("");
        var head = new ArrayList<>(List.of("the incident"));
        records().forEach(record -> head.add(record.title()));
        row(head);
        row(head.stream().map(any -> "---").toList());
        for (var priority : List.of("P1", "P2", "P3", "P4", "P5")) {
            var cells = new ArrayList<>(List.of(priority));
            records().forEach(record -> cells.add(code(record.sent("", priority).path("priority"))));
            row(cells);
        }
    }

    /** One kind of record on one platform. */
    private record Record(Platform platform, String part) {

        String title() {
            return platform.descriptor().title() + (platform.profile().parts().size() == 1 ? "" : " " + part);
        }

        StatusRule rule() {
            return platform.profile().statusRule(part);
        }

        JsonNode sent(String status, String priority) {
            return platform.words().sent(part, status, priority);
        }
    }

    private List<Record> records() {
        return platforms.stream()
                .flatMap(platform -> platform.profile().parts().stream().map(part -> new Record(platform, part)))
                .toList();
    }

    private static String code(JsonNode sent) {
        return sent.isMissingNode() ? "-" : "`" + (sent.isTextual() ? sent.asText() : sent.toString()) + "`";
    }

    private void row(List<String> cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }
}
