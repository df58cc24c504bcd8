package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.immutables.value.Value;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.signal.Comment;

/**
 * Our record of one real-world incident: the desired state, and what each platform is known to hold. Immutable; kept
 * in the KV bucket {@code fusion-incidents} and changed there by compare-and-set only.
 *
 * @param schema version of the stored form, at least {@link #SCHEMA}; a stored record without it has version 1
 * @param id the correlation id
 * @param generation raised by every change of the desired state
 * @param settledGeneration the generation the platforms were brought to
 * @param origin where it began
 * @param title one line of at most {@link Title#LIMIT} characters, without a priority before it; that of a record stored before 29 November
 *     2026 may have one
 * @param description free text
 * @param priority the desired priority
 * @param status the desired status
 * @param hints routing, as the trigger told
 * @param startedAt when, by the platform's clock; {@code bornAt} in records stored before 29 November 2026
 * @param receivedAt when the hub stored it, by the hub's clock
 * @param cycle as what the latest cycle of the alert is known that it began with, where that is not the first one; else null
 * @param members those of the alerts that stand, where several fold into this incident: {@link Member#key} to what is known of each
 * @param unconfirmed whether the trigger is old, so that its platform must confirm it before anything is opened
 * @param held that the storm brake holds it back, or did until it was released; else null
 * @param platforms platform name to part name to what is known of that record
 * @param pagedAt when the page stood, by the hub's clock, or null
 * @param linkedAt when all links between the platforms stood, or null
 * @param announced which events about it have been published
 * @param rejections refusals of what concerns no record of ours: operation to the platform's words
 * @param comments what people wrote on the platforms, the earliest first
 * @param commentsForgotten until when a platform's comments are not known one by one any more, by its own clock
 * @param turns who changed a field lately: field name to changes, the last one last
 * @param frozen fields that went back and forth and are not written any more: field name to when that began, by the hub's clock
 * @param secondWay how people hear of it since nobody was paged in time, or null
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
@Value.Builder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Incident(
        int schema,
        String id,
        long generation,
        long settledGeneration,
        Origin origin,
        String title,
        String description,
        Priority priority,
        Status status,
        RoutingHints hints,
        @JsonAlias("bornAt") Instant startedAt,
        Instant receivedAt,
        String cycle,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Member> members,
        boolean unconfirmed,
        Held held,
        Map<String, Map<String, Part>> platforms,
        Instant pagedAt,
        Instant linkedAt,
        Set<String> announced,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Rejection> rejections,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<KeptComment> comments,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Instant> commentsForgotten,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<Turn>> turns,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Instant> frozen,
        SecondWay secondWay,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others)
        implements WithIncident {

    /** The version of the form in which this hub stores a record. What a new one needs: docs/adr/0018-one-observation.md. */
    public static final int SCHEMA = 2;

    public Incident {
        schema = Math.max(SCHEMA, schema);
        hints = hints == null ? RoutingHints.NONE : hints;
        members = members == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(members));
        platforms = platforms == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(platforms));
        announced = announced == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(announced));
        rejections = rejections == null ? Map.of() : Map.copyOf(rejections);
        comments = comments == null ? List.of() : List.copyOf(comments);
        commentsForgotten = commentsForgotten == null ? Map.of() : Map.copyOf(commentsForgotten);
        turns = turns == null ? Map.of() : Map.copyOf(turns);
        frozen = frozen == null ? Map.of() : Map.copyOf(frozen);
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    /** What is known of a record; never null. */
    public Part part(String platform, String part) {
        return partsOf(platform).getOrDefault(part, Part.UNKNOWN);
    }

    Map<String, Part> partsOf(String platform) {
        return platforms.getOrDefault(platform, Map.of());
    }

    @JsonIgnore
    public boolean isSettled() {
        return generation == settledGeneration;
    }

    /** What a platform's word makes of this incident: pure, and safe to apply twice. */
    public Change observe(Observation said, Hearing hearing) {
        return Succession.after(Observing.apply(this, said, hearing), said);
    }

    /** The same of what a poll has found, which tells where the record's page is in the form in which the hub knows it. */
    public Change observePolled(Observation said, Hearing hearing) {
        return Succession.after(Observing.apply(this, said, hearing).then(next -> Relocation.apply(next, said)), said);
    }

    /** The comments of an observation that {@link #observe} would take in: their texts are to be kept before. */
    public List<Comment> newComments(Observation said) {
        return Commenting.unknown(this, said);
    }

    /** Whether a comment of the hub's own takes more: it is the last one, and is neither written nor being written anywhere. */
    public boolean takesMore(KeptComment comment) {
        return comment.gathers()
                && comment.equals(comments.get(comments.size() - 1))
                && comment.written().isEmpty()
                && comment.refused().isEmpty()
                && comment.doubted().isEmpty()
                && platforms.values().stream()
                        .flatMap(parts -> parts.values().stream())
                        .noneMatch(part -> comment.key().equals(part.commentUnderWay()));
    }

    /** What a step's end makes of this incident, which may have changed since the step was planned: pure. */
    public Change outcome(Step step, Outcome outcome) {
        return step.isOfFormerRecord(this)
                ? Change.of(
                        this, Rule.FORMER_RECORD, step.description() + " was about a record that is its own no more")
                : Succession.after(outcome.on(this, step), outcome.told());
    }

    /** This incident with one part changed. */
    public Incident withPart(String platform, String part, UnaryOperator<Part> change) {
        var before = part(platform, part);
        var after = change.apply(before);
        if (after.equals(before)) {
            return this;
        }
        var parts = new TreeMap<>(partsOf(platform));
        parts.put(part, after);
        var next = new TreeMap<>(platforms);
        next.put(platform, Collections.unmodifiableMap(parts));
        return withPlatforms(next);
    }

    /** This incident with another desired state, a generation later. */
    public Incident desiring(Status nextStatus, Priority nextPriority) {
        return desiring(nextStatus, nextPriority, title);
    }

    /** The same, with another title. */
    Incident desiring(Status nextStatus, Priority nextPriority, String nextTitle) {
        return changed()
                .title(nextTitle)
                .generation(generation + 1)
                .status(nextStatus)
                .priority(nextPriority)
                .build();
    }

    /**
     * A record that the hub made was first met when somebody had taken it further. Nothing is taken back by that: it
     * cannot be told which came first, the platform's progress or ours.
     */
    public Incident metAt(Status shown) {
        return shown.compareTo(status) > 0 ? desiring(shown, priority) : this;
    }

    /** Whether the status is written to no platform, since it went back and forth. */
    @JsonIgnore
    public boolean isStatusFrozen() {
        return frozen.containsKey(Contest.STATUS);
    }

    /** The same for the priority. */
    @JsonIgnore
    public boolean isPriorityFrozen() {
        return frozen.containsKey(Contest.PRIORITY);
    }

    /** The same for the title. */
    @JsonIgnore
    public boolean isTitleFrozen() {
        return frozen.containsKey(Contest.TITLE);
    }

    /** Whether nothing of it is written to any platform, since the storm brake has held it and nobody has released it. */
    @JsonIgnore
    public boolean isHeldBack() {
        return held != null && !held.isReleased();
    }

    /** Whether it waits for an operator to release or discard it: what is over does not. */
    public boolean waitsForRelease() {
        return isHeldBack() && status != Status.RESOLVED;
    }

    /** When the hub had it to open: when it was stored or, where the storm brake held it, when it was released. */
    public Instant dueSince() {
        return held != null && held.isReleased() ? held.releasedAt() : receivedAt;
    }

    /** The same, held back by the storm brake: pure. */
    public Incident heldBack(Held mark) {
        return Braking.hold(this, mark);
    }

    /**
     * The same where it was held, is over, and is about to begin again: pure.
     *
     * @param mark with which it is held this time; null where it is not
     */
    public Incident heldAnew(Held mark, Instant at) {
        return Braking.anew(this, mark, at);
    }

    /** An operator releases what the storm brake holds: pure. @throws NotPossibleException when it is not held */
    public Change released(Instant at) {
        return Braking.release(this, at);
    }

    /** An operator discards what the storm brake holds: pure. @throws NotPossibleException when it is not held */
    public Change discarded() {
        return Braking.discard(this);
    }

    /** What was frozen is written again, as it is desired now; the same incident where nothing was. */
    public Incident unfrozen() {
        return frozen.isEmpty()
                ? this
                : changed().turns(Map.of()).frozen(Map.of()).build().unsettled();
    }

    /** Whether another state of this incident differs from it in nothing but when things were told, and who wrote them last. */
    public boolean isButForTimes(Incident other) {
        return timeless().equals(other.timeless());
    }

    private Incident timeless() {
        var next = this;
        for (var platform : platforms.entrySet()) {
            for (var part : platform.getValue().entrySet()) {
                if (part.getValue().known() != null) {
                    next = next.withPart(
                            platform.getKey(),
                            part.getKey(),
                            shown -> shown.withKnown(shown.known().timeless()));
                }
            }
        }
        return next;
    }

    /** Nothing is left that the hub can do by itself for this generation. */
    public Incident settled(Set<String> events) {
        return changed()
                .settledGeneration(generation)
                .announced(announcedWith(events))
                .build();
    }

    /** Something was found that is left to do, though the desired state is what it was. */
    public Incident unsettled() {
        return withSettledGeneration(Math.min(settledGeneration, generation - 1));
    }

    /** These events are out. */
    public Incident announcing(Set<String> events) {
        return withAnnounced(announcedWith(events));
    }

    /** The platform of origin says that it stands. */
    public Incident confirmed() {
        return withUnconfirmed(false);
    }

    /** What was refused is to be tried again where its cause may be mended: pure; the same incident where nothing was chosen. */
    public Change retrying(Rule rule, BiPredicate<String, Rejection> chosen) {
        return Retrying.apply(this, rule, chosen);
    }

    /**
     * What a signal makes of it that belongs to the series of its alert, perhaps to another cycle than the one it began with: pure.
     *
     * @param sign what the signal is
     */
    public Change recurring(Observation said, Recurring.Sign sign, Hearing hearing) {
        return Recurring.apply(this, said, sign, hearing);
    }

    /** Its record was merged into another one, of which no other incident is: pure. */
    public Change merged(Observation said, Reference survivor, Hearing hearing) {
        return Succession.merged(this, said, survivor, hearing);
    }

    /** An operator has all that was refused tried again: pure. @throws NotPossibleException when nothing is rejected */
    public Change retried() {
        return Steering.retry(this);
    }

    /** An operator marks it as work: pure. */
    public Change toConverge() {
        return Steering.converge(this);
    }

    /** An operator releases what went back and forth: pure. @throws NotPossibleException when nothing is frozen */
    public Change unfreezing() {
        return Steering.unfreeze(this);
    }

    /** An operator says that it is over: pure. @throws NotPossibleException when it is resolved already */
    public Change closed() {
        return Steering.close(this);
    }

    /**
     * An operator says that this record is the one, in place of any other: pure. To be used only where no other incident has it.
     *
     * @param said what the record shows
     * @throws NotPossibleException when it is attached already, or a create is under way
     */
    public Change attached(Observation said) {
        return Succession.after(Steering.attach(this, said), said);
    }

    /**
     * An operator says that the record is not the one: pure. None is opened in its place.
     *
     * @throws NotPossibleException when there is none
     */
    public Change detached(String platform, String part) {
        return Steering.detach(this, platform, part);
    }

    /**
     * An operator asks for a record where there is none: pure.
     *
     * @throws NotPossibleException when there is one, when one is being created, and when nothing is to be opened
     */
    public Change opening(String platform, String part) {
        return Steering.open(this, platform, part);
    }

    /** The platform of origin refused to be asked. That stands until the desired state changes, or its cause may be mended. */
    public Incident rejected(Rejection refusal) {
        var next = new TreeMap<>(rejections);
        next.put(refusal.operation(), refusal);
        return withRejections(next);
    }

    /** The page stands; the first time counts. */
    public Incident pagedAt(Instant at) {
        return pagedAt != null ? this : withPagedAt(at);
    }

    /** A hub takes it on to tell people in a second way that nobody is paged. */
    public Incident takenOnBy(String hub) {
        return withSecondWay(SecondWay.takenOn(secondWay, hub));
    }

    /** People have been told that nobody is paged. */
    public Incident toldBy(String hub, String way, Instant at) {
        return withSecondWay(SecondWay.takenOn(secondWay, hub).told(way, at));
    }

    /** Whether people have been told in this way that nobody is paged. */
    public boolean isToldBy(String way) {
        return secondWay != null && secondWay.ways().contains(way);
    }

    /** All links stand; the first time counts. */
    public Incident linkedAt(Instant at) {
        return linkedAt != null ? this : withLinkedAt(at);
    }

    private Set<String> announcedWith(Set<String> events) {
        var published = new TreeSet<>(announced);
        published.addAll(events);
        return published;
    }

    private IncidentBuilder changed() {
        return new IncidentBuilder().from(this);
    }
}
