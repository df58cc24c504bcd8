package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import io.xtribe.fusionhub.catalogue.RoutingHints;

/**
 * Our record of one real-world incident: the desired state, and what each platform is known to hold. Immutable; kept
 * in the KV bucket {@code fusion-incidents} and changed there by compare-and-set only.
 *
 * @param id the correlation id
 * @param generation raised by every change of the desired state
 * @param settledGeneration the generation the platforms were brought to
 * @param origin where it began
 * @param title one line, uncut
 * @param description free text
 * @param priority the desired priority
 * @param status the desired status
 * @param hints routing, as the trigger told
 * @param startedAt when, by the platform's clock; {@code bornAt} in records stored before 29 November 2026
 * @param receivedAt when the hub stored it, by the hub's clock
 * @param unconfirmed whether the trigger is old, so that its platform must confirm it before anything is opened
 * @param platforms platform name to part name to what is known of that record
 * @param pagedAt when the page stood, by the hub's clock, or null
 * @param linkedAt when all links between the platforms stood, or null
 * @param announced which events about it have been published
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Incident(
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
        boolean unconfirmed,
        Map<String, Map<String, Part>> platforms,
        Instant pagedAt,
        Instant linkedAt,
        Set<String> announced) {

    public Incident {
        hints = hints == null ? RoutingHints.NONE : hints;
        platforms = platforms == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(platforms));
        announced = announced == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(announced));
    }

    /** What is known of a record; never null. */
    public Part part(String platform, String part) {
        return platforms.getOrDefault(platform, Map.of()).getOrDefault(part, Part.UNKNOWN);
    }

    @JsonIgnore
    public boolean isSettled() {
        return generation == settledGeneration;
    }

    /** This incident with one part changed. */
    public Incident withPart(String platform, String part, UnaryOperator<Part> change) {
        var parts = new TreeMap<>(platforms.getOrDefault(platform, Map.of()));
        parts.put(part, change.apply(part(platform, part)));
        var next = new TreeMap<>(platforms);
        next.put(platform, Collections.unmodifiableMap(parts));
        return copy(generation, settledGeneration, priority, status, unconfirmed, next, pagedAt, linkedAt, announced);
    }

    /** This incident with another desired state, a generation later. */
    public Incident desiring(Status nextStatus, Priority nextPriority) {
        return copy(
                generation + 1,
                settledGeneration,
                nextPriority,
                nextStatus,
                unconfirmed,
                platforms,
                pagedAt,
                linkedAt,
                announced);
    }

    /**
     * A record that the hub made was first met when somebody had taken it further. Nothing is taken back by that: it
     * cannot be told which came first, the platform's progress or ours.
     */
    public Incident metAt(Status shown) {
        return shown.compareTo(status) > 0 ? desiring(shown, priority) : this;
    }

    /** Nothing is left that the hub can do by itself for this generation. */
    public Incident settled(Set<String> events) {
        var published = new TreeSet<>(announced);
        published.addAll(events);
        return copy(generation, generation, priority, status, unconfirmed, platforms, pagedAt, linkedAt, published);
    }

    /** Something was found that is left to do, though the desired state is what it was. */
    public Incident unsettled() {
        return copy(
                generation,
                Math.min(settledGeneration, generation - 1),
                priority,
                status,
                unconfirmed,
                platforms,
                pagedAt,
                linkedAt,
                announced);
    }

    /** These events are out. */
    public Incident announcing(Set<String> events) {
        var published = new TreeSet<>(announced);
        published.addAll(events);
        return copy(
                generation, settledGeneration, priority, status, unconfirmed, platforms, pagedAt, linkedAt, published);
    }

    /** The platform of origin says that it stands. */
    public Incident confirmed() {
        return copy(generation, settledGeneration, priority, status, false, platforms, pagedAt, linkedAt, announced);
    }

    /** The page stands; the first time counts. */
    public Incident pagedAt(Instant at) {
        return pagedAt != null
                ? this
                : copy(
                        generation,
                        settledGeneration,
                        priority,
                        status,
                        unconfirmed,
                        platforms,
                        at,
                        linkedAt,
                        announced);
    }

    /** All links stand; the first time counts. */
    public Incident linkedAt(Instant at) {
        return linkedAt != null
                ? this
                : copy(generation, settledGeneration, priority, status, unconfirmed, platforms, pagedAt, at, announced);
    }

    private Incident copy(
            long nextGeneration,
            long nextSettled,
            Priority nextPriority,
            Status nextStatus,
            boolean nextUnconfirmed,
            Map<String, Map<String, Part>> nextPlatforms,
            Instant nextPaged,
            Instant nextLinked,
            Set<String> nextAnnounced) {
        return new Incident(
                id,
                nextGeneration,
                nextSettled,
                origin,
                title,
                description,
                nextPriority,
                nextStatus,
                hints,
                startedAt,
                receivedAt,
                nextUnconfirmed,
                nextPlatforms,
                nextPaged,
                nextLinked,
                nextAnnounced);
    }
}
