package io.xtribe.fusionhub.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.xtribe.fusionhub.incident.Former;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Timeline;

/**
 * One incident with its story.
 *
 * @param runbook an address that may be a link, or empty
 * @param facts what else is known of it, by name
 * @param timeline the latest first
 * @param hub who wrote all of the timeline; empty where these were several
 * @param left how many older lines are not shown
 * @param mark of what is shown, for those who listen to changes
 */
public record IncidentView(
        Incident incident,
        BoardRow row,
        String runbook,
        Map<String, String> facts,
        List<RecordRow> records,
        List<Line> timeline,
        String hub,
        int left,
        boolean observe,
        long mark) {

    /**
     * A record on a platform.
     *
     * @param title what people call the platform, with the part where it has several
     * @param where the platform and the part, as the verbs take them
     * @param showsPriority the priority it shows; empty where that is not known
     * @param former records that were its and are no more
     */
    public record RecordRow(
            String title,
            String where,
            RecordCell cell,
            String showsPriority,
            List<Rejection> rejections,
            List<Old> former) {}

    /** A record that was its once. */
    public record Old(String name, String url, String why) {

        static Old of(Former former) {
            return new Old(
                    former.number().isEmpty() ? former.id() : former.number(),
                    Links.web(former.url()),
                    former.why().name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * A rule.
     *
     * @param word its name; empty where none is known
     * @param words what it says, or empty
     */
    public record RuleShown(String word, String words) {}

    /**
     * A line of the timeline.
     *
     * @param kind {@code signal}, {@code call}, {@code decision} or {@code observed}
     * @param where what people call the platform; empty where it is about none
     * @param rule by which it was decided
     * @param calls which requests were made for it
     * @param hub who wrote it; empty where that is the one hub of all of them
     * @param sinceBegin how long after the incident was received
     */
    public record Line(
            Instant at,
            String kind,
            String where,
            String by,
            String text,
            RuleShown rule,
            List<Timeline.Call> calls,
            String signalId,
            String hub,
            String sinceBegin) {

        public boolean hasIds() {
            return !rule.word().isEmpty() || !signalId.isEmpty() || !hub.isEmpty();
        }
    }

    /** Where it is asked for. */
    public String verb(String name) {
        return "/api/incidents/" + incident.id() + "/" + name;
    }

    public boolean isResolved() {
        return incident.status() == Status.RESOLVED;
    }

    /** Whether the storm brake holds it. */
    public boolean isHeld() {
        return incident.waitsForRelease();
    }

    public boolean isFrozen() {
        return !incident.frozen().isEmpty();
    }

    public boolean isSettled() {
        return incident.isSettled();
    }

    public boolean isRejected() {
        return !incident.rejections().isEmpty()
                || records.stream().anyMatch(record -> !record.rejections().isEmpty());
    }

    public boolean isPaged() {
        return incident.pagedAt() != null;
    }

    /** How long after it was received somebody was paged, in words. */
    public String pagedAfter() {
        return Ages.exactly(Duration.between(incident.receivedAt(), incident.pagedAt()));
    }

    /** How long after it was received all links were written, in words. */
    public String linkedAfter() {
        return Ages.exactly(Duration.between(incident.receivedAt(), incident.linkedAt()));
    }

    public boolean isLinked() {
        return incident.linkedAt() != null;
    }
}
