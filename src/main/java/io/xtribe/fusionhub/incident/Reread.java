package io.xtribe.fusionhub.incident;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a record shows must be read, because it cannot be told from what was heard: after a write of unknown outcome, which may
 * have its effect later than the writes after it, and after a report that cannot be ordered in time.
 *
 * @param token names this wait; each hub counts its time from when it first saw it
 * @param afterMillis how long after that the record is read
 * @param statuses what writes of unknown outcome have sent: one that turns up is the hub's and nobody's wish
 * @param priorities the same of priorities
 * @param titles the same of titles
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
public record Reread(
        String token,
        long afterMillis,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<Status> statuses,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<Priority> priorities,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> titles,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others) {

    public Reread {
        statuses = statuses == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(statuses));
        priorities = priorities == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(priorities));
        titles = titles == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(titles));
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    /**
     * At once: a report says something else and cannot be ordered in time.
     *
     * @param record names the record among all
     */
    static Reread ofReport(String record, Observation.Field said) {
        return new Reread(
                record + "/report/" + said.at() + "/" + said.version(), 0, Set.of(), Set.of(), Set.of(), Map.of());
    }

    /**
     * At once: the record is about to be given another title, and may show one that nobody has heard of.
     *
     * @param record names the record among all
     * @param generation of the incident that has the new title
     */
    static Reread beforeTitle(String record, long generation) {
        return new Reread(record + "/title/" + generation, 0, Set.of(), Set.of(), Set.of(), Map.of());
    }

    /** Whether it is made at once. */
    @JsonIgnore
    public boolean isDueAtOnce() {
        return afterMillis == 0;
    }

    /**
     * A write of unknown outcome.
     *
     * @param record names the record among all
     * @param before a read that was to be made already, or null
     * @param sent what the record was sent: field to value
     * @param afterMillis when the write can have no effect any more
     */
    static Reread ofWrite(String record, Reread before, Map<String, String> sent, long afterMillis) {
        var statuses = new TreeSet<Status>(before == null ? Set.of() : before.statuses());
        var priorities = new TreeSet<Priority>(before == null ? Set.of() : before.priorities());
        var titles = new TreeSet<String>(before == null ? Set.of() : before.titles());
        Optional.ofNullable(sent.get(Contest.STATUS)).map(Status::valueOf).ifPresent(statuses::add);
        Optional.ofNullable(sent.get(Contest.PRIORITY)).map(Priority::valueOf).ifPresent(priorities::add);
        Optional.ofNullable(sent.get(Contest.TITLE)).ifPresent(titles::add);
        // The time begins anew with each: a token is one more than that before it.
        return new Reread(
                before == null ? record + "/write" : before.token() + "+",
                afterMillis,
                statuses,
                priorities,
                titles,
                before == null ? Map.of() : before.others());
    }
}
