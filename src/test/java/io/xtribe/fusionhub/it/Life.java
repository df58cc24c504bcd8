package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.testing.SandboxClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One incident of which people change the records, and what must come of that. A change that no other is near in time holds; of
 * changes that are near each other, it is enough that all platforms agree. What is near depends on how late the hub hears of changes.
 */
final class Life {

    /**
     * Which of two changes holds that are nearer than this, and how late the hub has heard of changes, is decided by delays, back-offs
     * and the rules about conflicts.
     */
    private static final Duration APART = Duration.ofSeconds(7);

    private record Deed(Instant at, String where, Status status, Priority priority, String title) {}

    private final String incident;
    private final String title;
    private final SandboxClient sandbox;
    private final Random random;
    private final Map<String, String> ids;
    private final List<Deed> deeds = new ArrayList<>();
    private final Map<String, String> comments = new LinkedHashMap<>();

    private Status status = Status.OPEN;
    private Priority priority = Priority.P1;
    private String called;

    /**
     * A life.
     *
     * @param incident its correlation id
     * @param title what it is called at first
     * @param ids of its records, by the name of the platform
     */
    Life(String incident, String title, SandboxClient sandbox, Random random, Map<String, String> ids) {
        this.incident = incident;
        this.title = title;
        this.called = title;
        this.sandbox = sandbox;
        this.random = random;
        this.ids = ids;
    }

    String incident() {
        return incident;
    }

    int deeds() {
        return deeds.size();
    }

    /** Somebody does something somewhere that can be done there now. */
    void act() {
        var where = List.of("datadog", "servicenow", "pagerduty").get(random.nextInt(3));
        if (random.nextInt(4) == 0) {
            comment(where.equals("pagerduty") ? where : "servicenow");
        } else if (random.nextBoolean()) {
            var next = Priority.values()[random.nextInt(4)];
            setPriority(where, next);
            done(where, null, next, null);
        } else if (random.nextInt(4) == 0) {
            var next = title + ", called " + deeds.size();
            setTitle(where, next);
            done(where, null, null, next);
        } else {
            var shown = shown(where);
            var next = Status.values()[random.nextInt(3)];
            if (next == shown || !isPossible(where, shown, next)) {
                return;
            }
            setStatus(where, next);
            // Who did not see the end has not taken it back.
            var holds = status != Status.RESOLVED || shown == Status.RESOLVED || next == Status.RESOLVED;
            done(where, holds ? next : status, null, null);
        }
    }

    private void comment(String where) {
        var text = "remark " + comments.size() + " on " + title + ".";
        comments.put(text, where);
        if (where.equals("servicenow")) {
            sandbox.changeServiceNowIncident(ids.get(where), Map.of("work_notes", text));
        } else {
            sandbox.changePagerDutyIncident(ids.get(where), Map.of("note", text));
        }
    }

    int comments() {
        return comments.size();
    }

    /** Each remark stands once where it was made, and once on each other platform. Their order is that of the webhooks. */
    void assertCommented(String story) {
        for (var place : Map.of("servicenow", "incident", "pagerduty", "incident", "datadog", "case")
                .entrySet()) {
            var shown = texts(record(place.getKey(), place.getValue()));
            for (var platform : Set.copyOf(comments.values())) {
                var made = comments.entrySet().stream()
                        .filter(one -> one.getValue().equals(platform))
                        .map(Map.Entry::getKey)
                        .toList();
                var there = shown.stream()
                        .flatMap(text -> made.stream().filter(text::contains))
                        .toList();
                assertThat(there)
                        .as("comments of %s at %s of %s%n%s", platform, place.getKey(), title, story)
                        .containsExactlyInAnyOrderElementsOf(made);
            }
        }
    }

    private static List<String> texts(JsonNode record) {
        var texts = new ArrayList<String>();
        for (var member : List.of("comments", "work_notes", "notes")) {
            record.path(member).forEach(one -> texts.add(one.isTextual() ? one.asText() : one.toString()));
        }
        return texts;
    }

    /** The page is triggered again only by reopening it, and a ticket does not go back to New; Datadog has no acknowledged. */
    private static boolean isPossible(String where, Status shown, Status next) {
        return switch (where) {
            case "datadog" -> next != Status.ACKNOWLEDGED && !(shown == Status.ACKNOWLEDGED && next == Status.OPEN);
            case "servicenow" -> next != Status.OPEN;
            default -> !(shown == Status.ACKNOWLEDGED && next == Status.OPEN);
        };
    }

    private void setPriority(String where, Priority next) {
        var number = next.ordinal() + 1;
        switch (where) {
            case "datadog" -> sandbox.changeDatadogIncident(ids.get(where), Map.of("severity", "SEV-" + number));
            case "servicenow" ->
                sandbox.changeServiceNowIncident(
                        ids.get(where),
                        Map.of(
                                "impact", List.of("1", "1", "2", "2").get(next.ordinal()),
                                "urgency", List.of("1", "2", "2", "3").get(next.ordinal())));
            default -> sandbox.changePagerDutyIncident(ids.get(where), Map.of("priority", next.name()));
        }
    }

    private void setStatus(String where, Status next) {
        switch (where) {
            case "datadog" ->
                sandbox.changeDatadogIncident(
                        ids.get(where), Map.of("state", next == Status.RESOLVED ? "resolved" : "active"));
            case "servicenow" ->
                sandbox.changeServiceNowIncident(
                        ids.get(where),
                        next == Status.RESOLVED
                                ? Map.of("state", "6", "close_code", "Solution provided", "close_notes", "done")
                                : Map.of("state", "2"));
            default ->
                sandbox.changePagerDutyIncident(
                        ids.get(where),
                        Map.of(
                                "status",
                                List.of("triggered", "acknowledged", "resolved").get(next.ordinal())));
        }
    }

    private void setTitle(String where, String next) {
        switch (where) {
            case "datadog" -> {
                if (random.nextBoolean()) {
                    sandbox.changeDatadogIncident(ids.get(where), Map.of("title", next));
                } else {
                    sandbox.changeDatadogCase(ids.get("case"), Map.of("title", next));
                }
            }
            case "servicenow" -> sandbox.changeServiceNowIncident(ids.get(where), Map.of("short_description", next));
            default -> sandbox.changePagerDutyIncident(ids.get(where), Map.of("title", next));
        }
    }

    private Status shown(String where) {
        return switch (record(where, "incident").path("status").asText()) {
            case "resolved", "completed", "6", "7", "8" -> Status.RESOLVED;
            case "acknowledged", "2", "3" -> Status.ACKNOWLEDGED;
            default -> Status.OPEN;
        };
    }

    private void done(String where, Status nextStatus, Priority nextPriority, String nextTitle) {
        deeds.add(new Deed(Instant.now(), where, nextStatus, nextPriority, nextTitle));
        status = nextStatus == null ? status : nextStatus;
        priority = nextPriority == null ? priority : nextPriority;
        called = nextTitle == null ? called : nextTitle;
    }

    /** The last change of the status, if nothing else was done near it. */
    private boolean isStatusCertain(Duration late) {
        return isCertain(
                late, deeds.stream().filter(deed -> deed.status() != null).toList());
    }

    private boolean isPriorityCertain(Duration late) {
        return isCertain(
                late, deeds.stream().filter(deed -> deed.priority() != null).toList());
    }

    /** Titles get in nobody's way but each other's. */
    private boolean isTitleCertain(Duration late) {
        var changes = deeds.stream().filter(deed -> deed.title() != null).toList();
        var last = changes.isEmpty() ? null : changes.get(changes.size() - 1);
        return changes.stream()
                .filter(other -> other != last)
                .allMatch(other -> Duration.between(other.at(), last.at()).compareTo(APART.plus(late)) > 0);
    }

    private boolean isCertain(Duration late, List<Deed> changes) {
        if (changes.isEmpty()) {
            return true;
        }
        var last = changes.get(changes.size() - 1);
        return deeds.stream()
                .filter(other -> other != last)
                .allMatch(other -> Duration.between(other.at(), last.at()).abs().compareTo(APART.plus(late)) > 0);
    }

    /**
     * How late the hub has heard of a title at most: titles are told apart, and two of the four places have no webhook for them.
     *
     * @param timeline its entries, the oldest first
     */
    Duration latestHearing(List<JsonNode> timeline) {
        return deeds.stream()
                .filter(deed -> deed.title() != null)
                .flatMap(deed -> timeline.stream()
                        .filter(entry -> entry.path("text").asText().contains("'" + deed.title() + "'"))
                        .findFirst()
                        .map(entry -> Duration.between(
                                deed.at(), Instant.parse(entry.path("at").asText())))
                        .stream())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /**
     * All four records agree with the hub, and with what was done last where that is certain.
     *
     * @param late how late the hub has heard of changes at most
     * @param acknowledges whether the hub acknowledges pages in its own name
     */
    void assertAgreed(JsonNode incident, Duration late, boolean acknowledges, String story) {
        var held = Status.valueOf(incident.path("status").asText());
        var heldPriority = incident.path("priority").asText();
        var text = title + " " + deeds + "\n" + story;
        assertThat(incident.path("frozen")).as(text).isEmpty();
        assertThat(record("pagerduty", "incident").path("status").asText())
                .as("PagerDuty of %s", text)
                .isIn(
                        switch (held) {
                            case OPEN -> Set.of("triggered");
                            case ACKNOWLEDGED ->
                                acknowledges ? Set.of("acknowledged") : Set.of("triggered", "acknowledged");
                            case RESOLVED -> Set.of("resolved");
                        });
        assertThat(record("servicenow", "incident").path("status").asText())
                .as("ServiceNow of %s", text)
                .isIn(
                        switch (held) {
                            case OPEN -> Set.of("1", "2", "3");
                            case ACKNOWLEDGED -> Set.of("2", "3");
                            case RESOLVED -> Set.of("6");
                        });
        assertThat(record("datadog", "incident").path("status").asText())
                .as("Datadog incident of %s", text)
                .isEqualTo(held == Status.RESOLVED ? "resolved" : "active");
        assertThat(record("datadog", "case").path("status").asText().toLowerCase(Locale.ROOT))
                .as("Datadog case of %s", text)
                .isEqualTo(List.of("open", "in progress", "closed").get(held.ordinal()));
        for (var platform : List.of("datadog", "servicenow", "pagerduty")) {
            assertThat(record(platform, "incident").path("priority").asText())
                    .as("priority at %s of %s", platform, text)
                    .endsWith(heldPriority.substring(1));
        }
        assertThat(record("datadog", "case").path("priority").asText())
                .as("priority of the case of %s", text)
                .isEqualTo(heldPriority);
        var heldTitle = incident.path("title").asText();
        for (var platform : List.of("datadog", "servicenow", "pagerduty")) {
            assertThat(record(platform, "incident").path("title").asText())
                    .as("title at %s of %s", platform, text)
                    .endsWith(heldTitle);
        }
        assertThat(record("datadog", "case").path("title").asText())
                .as("title of the case of %s", text)
                .endsWith(heldTitle);
        if (isTitleCertain(late)) {
            assertThat(heldTitle).as("the last title of %s", text).isEqualTo(called);
        }
        if (isStatusCertain(late)) {
            assertThat(held).as("the last status of %s", text).isEqualTo(status);
        }
        if (isPriorityCertain(late)) {
            assertThat(heldPriority).as("the last priority of %s", text).isEqualTo(priority.name());
        }
    }

    private JsonNode record(String platform, String kind) {
        var id = ids.get(kind.equals("case") ? "case" : platform);
        for (var record : sandbox.records().path(platform)) {
            if (record.path("kind").asText().equals(kind)
                    && record.path("id").asText().equals(id)) {
                return record;
            }
        }
        throw new AssertionError("no " + kind + " " + id + " at " + platform);
    }
}
