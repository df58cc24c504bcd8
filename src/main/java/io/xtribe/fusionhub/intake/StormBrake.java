package io.xtribe.fusionhub.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Held;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.nats.HubMembers;
import io.xtribe.fusionhub.upkeep.IncidentIndex;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Row;

/**
 * Says of each new incident whether it is held, since its source has begun too many within a minute: {@code fusion.triggers.per-minute},
 * of which each hub has its share. Each hub counts what it lets through itself; one that was just started begins with what the index shows
 * of the last minute. Why so: docs/adr/0046.
 */
@Singleton
public class StormBrake implements Brake {

    private final IncidentIndex index;
    private final HubMembers members;
    private final int limit;
    private final Map<String, StormWindow> windows = new HashMap<>();
    private boolean knowsBefore;

    StormBrake(IncidentIndex index, HubMembers members, FusionConfig config) {
        this.index = index;
        this.members = members;
        // In observe mode nobody is paged.
        this.limit = config.mode() == FusionConfig.Mode.OBSERVE
                ? 0
                : config.triggers().perMinute();
    }

    @Override
    public Optional<Held> hold(String source, String id, Priority priority) {
        return held(admits(source, id, priority, true), source, priority);
    }

    /** Says what it would do now, and counts nothing. */
    public Brake foretold() {
        return (source, id, priority) -> held(admits(source, id, priority, false), source, priority);
    }

    private Optional<Held> held(boolean admitted, String source, Priority priority) {
        return admitted ? Optional.empty() : Optional.of(Held.since(Instant.now(), why(source, priority)));
    }

    /** Whether one more of that source may be let through. */
    private synchronized boolean admits(String source, String id, Priority priority, boolean isCounted) {
        if (limit == 0) {
            return true;
        }
        var now = System.nanoTime();
        if (!knowsBefore && index.isComplete()) {
            knowsBefore = true;
            learn(now);
        }
        return isCounted
                ? window(source).admits(id, priority, share(), now)
                : window(source).mayPass(id, priority, share(), now);
    }

    private StormWindow window(String source) {
        return windows.computeIfAbsent(source, any -> new StormWindow());
    }

    private int share() {
        return Math.max(1, limit / members.live());
    }

    /** After a restart in a storm the minute goes on. Of what several hubs have let through each takes its part. */
    private void learn(long nanos) {
        var now = Instant.now();
        var hubs = members.live();
        var met = new HashMap<String, Integer>();
        index.rows().stream()
                .filter(row -> !row.isHeld() && age(row, now).compareTo(StormWindow.LENGTH) < 0)
                .sorted(Comparator.comparing(Row::receivedAt).reversed())
                .filter(row -> met.merge(row.origin(), 1, Integer::sum) % hubs == 0)
                .forEach(row -> window(row.origin())
                        .passedBefore(
                                row.id(), row.priority(), nanos - age(row, now).toNanos()));
    }

    /** Another hub's clock may be ahead. */
    private static Duration age(Row row, Instant now) {
        var age = Duration.between(row.receivedAt(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private String why(String source, Priority priority) {
        return "more than " + limit + " " + (priority == Priority.P1 ? "P1s" : "incidents") + " of " + source
                + " began within a minute";
    }
}
