package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a platform was last known to show, field by field.
 *
 * @param status the status it shows
 * @param priority the priority it shows
 * @param title what the record is called there, as it is written there; of records stored before 29 November 2026 nothing is known
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
public record Known(Shown<Status> status, Shown<Priority> priority, Shown<String> title, Map<String, JsonNode> others) {

    /** Nothing was told of the title yet. */
    static final Shown<String> NO_TITLE = new Shown<>(null, Instant.EPOCH, -1, null);

    public Known(Shown<Status> status, Shown<Priority> priority, Shown<String> title) {
        this(status, priority, title, Map.of());
    }

    /** Status and priority as of the same time and version; of the title nothing is known. */
    public Known(Status status, Priority priority, Instant at, long version) {
        this(new Shown<>(status, at, version, null), new Shown<>(priority, at, version, null), NO_TITLE);
    }

    Known with(Shown<Status> nextStatus, Shown<Priority> nextPriority, Shown<String> nextTitle) {
        return new Known(nextStatus, nextPriority, nextTitle, others);
    }

    /** The same without when that was told. */
    Known timeless() {
        return with(status.timeless(), priority.timeless(), title.timeless());
    }

    /**
     * The stored form. Its first four members are those of schema 1, so that a hub which knows no other reads it: of a
     * priority that is known as of another time it takes the status's.
     *
     * @param priorityAt of the priority, where it differs from {@code at}
     * @param priorityVersion of the priority, where it differs from {@code version}
     */
    private record Stored(
            Status status,
            Priority priority,
            Instant at,
            long version,
            @JsonInclude(JsonInclude.Include.NON_NULL) Instant priorityAt,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long priorityVersion,
            @JsonInclude(JsonInclude.Include.NON_NULL) Shown.Write<Status> statusWrite,
            @JsonInclude(JsonInclude.Include.NON_NULL) Shown.Write<Priority> priorityWrite,
            @JsonInclude(JsonInclude.Include.NON_NULL) Shown<String> title,
            @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others) {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Known of(Stored stored) {
        return new Known(
                new Shown<>(stored.status, stored.at, stored.version, stored.statusWrite),
                new Shown<>(
                        stored.priority,
                        Objects.requireNonNullElse(stored.priorityAt, stored.at),
                        Objects.requireNonNullElse(stored.priorityVersion, stored.version),
                        stored.priorityWrite),
                Objects.requireNonNullElse(stored.title, NO_TITLE),
                stored.others == null ? Map.of() : Map.copyOf(stored.others));
    }

    @JsonValue
    Stored stored() {
        return new Stored(
                status.value(),
                priority.value(),
                status.at(),
                status.version(),
                priority.at().equals(status.at()) ? null : priority.at(),
                priority.version() == status.version() ? null : priority.version(),
                status.write(),
                priority.write(),
                title.isKnown() ? title : null,
                others);
    }
}
