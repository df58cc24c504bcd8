package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.PlatformProfile;
import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.testing.Signals;

/**
 * Three platforms in memory that misbehave as real ones do: calls fail with and without effect, answers are lost,
 * records turn up late, webhooks come early, twice or never. As many faults as it is given, then it behaves.
 */
final class VendorWorld {

    /** When the simulation begins; far from the real clock, so that a mix-up of the two shows. */
    static final Instant EPOCH = Instant.parse("2100-01-01T00:00:00Z");

    /** The hub's process died during the call: nobody hears of its outcome. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class Stored {
        final String id;
        final String platform;
        final String part;
        final String key;
        final Duration since;
        Status status = Status.OPEN;
        Priority priority;
        long version;
        /** Place to how often its link was written. */
        final Map<String, Integer> links = new HashMap<>();

        Stored(String id, Step step, Duration since) {
            this.id = id;
            this.platform = step.platform();
            this.part = step.part();
            this.key = step.key().toString();
            this.priority = step.incident().priority();
            this.since = since;
        }

        /** The keys of the comments that were written, in their order. */
        final List<String> comments = new ArrayList<>();

        /** Its create has not arrived yet. */
        boolean isOnItsWay;

        boolean isLive() {
            return status != Status.RESOLVED;
        }
    }

    /** A write whose answer was lost and that takes effect later. */
    private record LateWrite(Duration at, Step step) {}

    private final Random random;
    private final List<PlatformProfile> profiles;
    private final boolean veryLateRecords;
    private final List<Stored> stored = new ArrayList<>();
    private final List<Stored> unreported = new ArrayList<>();
    private final List<LateWrite> lateWrites = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private boolean losesWebhooks = true;
    private int faults;
    private int ids;

    VendorWorld(Random random, List<PlatformProfile> profiles, int faults, boolean veryLateRecords) {
        this.random = random;
        this.profiles = profiles;
        this.faults = faults;
        this.veryLateRecords = veryLateRecords;
    }

    Duration now() {
        return now;
    }

    Instant instant() {
        return EPOCH.plus(now);
    }

    void pass(Duration time) {
        now = now.plus(time);
        refuseLateTwins();
        lateWrites.stream().filter(write -> write.at().compareTo(now) <= 0).forEach(write -> update(write.step()));
        lateWrites.removeIf(write -> write.at().compareTo(now) <= 0);
    }

    /** A create that arrives late is refused by a platform on which an open record has its key. */
    private void refuseLateTwins() {
        for (var late : List.copyOf(stored)) {
            if (late.isOnItsWay && late.since.compareTo(now) <= 0) {
                late.isOnItsWay = false;
                var taken = stored.stream()
                        .anyMatch(record -> record != late
                                && !record.isOnItsWay
                                && record.isLive()
                                && record.platform.equals(late.platform)
                                && record.key.equals(late.key));
                if (taken && profile(late.platform).uniqueKey()) {
                    stored.remove(late);
                    unreported.remove(late);
                }
            }
        }
    }

    boolean isQuiet() {
        return faults == 0
                && lateWrites.isEmpty()
                && stored.stream().noneMatch(record -> record.isOnItsWay)
                && (losesWebhooks || unreported.isEmpty());
    }

    void deliverEveryWebhook() {
        losesWebhooks = false;
    }

    void behave() {
        faults = 0;
    }

    /** All records with a platform's part that exist by now. */
    List<Stored> records(String platform, String part) {
        return stored.stream()
                .filter(record -> record.platform.equals(platform) && record.part.equals(part))
                .filter(record -> !record.isOnItsWay)
                .toList();
    }

    /** Webhooks of records that came up, each perhaps twice, perhaps never. */
    List<Signal> webhooks() {
        var signals = new ArrayList<Signal>();
        for (var record : List.copyOf(unreported)) {
            if (!record.isOnItsWay && random.nextInt(3) > 0) {
                unreported.remove(record);
                if ((random.nextInt(3) > 0 || !losesWebhooks) && !record.part.equals("case")) {
                    signals.add(webhook(record));
                    if (random.nextInt(4) == 0) {
                        signals.add(webhook(record));
                    }
                }
            }
        }
        return signals;
    }

    /** Does what a platform's route does: an answer, a {@link PlatformException}, or a {@link Crash}. */
    JsonNode call(Step step) {
        if (faults > 0 && random.nextInt(10) < 6) {
            faults--;
            fail(step);
        }
        return perform(step);
    }

    private void fail(Step step) {
        switch (random.nextInt(8)) {
            case 0 -> throw new PlatformException(Kind.THROTTLED, "429");
            case 1 -> throw new PlatformException(Kind.ACCOUNT, "401");
            case 2 -> throw new PlatformException(Kind.NOT_STARTED, "too late");
            case 3 -> throw new Crash();
            case 4 -> {
                half(step);
                throw new Crash();
            }
            case 5 -> throw new PlatformException(Kind.UNKNOWN_OUTCOME, "502, and nothing happened");
            default -> {
                half(step);
                throw new PlatformException(Kind.UNKNOWN_OUTCOME, "timeout, and something happened or will");
            }
        }
    }

    /** The effect of a call whose answer is lost. */
    private void half(Step step) {
        switch (step.operation()) {
            case OPEN -> open(step, late(step));
            case LINK -> link(step, 1 + random.nextInt(step.links().size()));
            case UPDATE -> {
                if (random.nextBoolean()) {
                    perform(step);
                } else {
                    var settle = (int) profile(step).settle().toMillis();
                    lateWrites.add(new LateWrite(now.plusMillis(random.nextInt(settle)), step));
                }
            }
            case COMMENT, CLOSE -> perform(step);
            case READ, FIND -> {}
        }
    }

    /** Within the attempt's deadline and the time to settle; or, where that is tested, after it. */
    private Duration late(Step step) {
        if (random.nextInt(3) == 0) {
            return Duration.ZERO;
        }
        var settled = Duration.ofSeconds(30).plus(profile(step).settle());
        return veryLateRecords && random.nextBoolean()
                ? settled.plusSeconds(random.nextInt(200))
                : Duration.ofMillis(random.nextInt((int) settled.toMillis()));
    }

    private JsonNode perform(Step step) {
        return switch (step.operation()) {
            case READ -> answer(record(step.state().reference().id()));
            case OPEN -> answer(open(step, Duration.ZERO));
            case FIND -> find(step);
            case UPDATE -> update(step);
            case LINK -> {
                link(step, step.links().size());
                var answer = IncidentJson.mapper().createObjectNode();
                step.links().keySet().forEach(answer.withArray("shown")::add);
                yield answer;
            }
            case COMMENT -> {
                var comments = record(step.state().reference().id()).comments;
                // Reads first when told to, as the routes do.
                if (!step.afterUnknown() || !comments.contains(step.comment().key())) {
                    comments.add(step.comment().key());
                }
                yield IncidentJson.mapper().createObjectNode();
            }
            case CLOSE -> {
                record(step.duplicate()).status = Status.RESOLVED;
                yield IncidentJson.mapper().createObjectNode();
            }
        };
    }

    private Stored open(Step step, Duration delay) {
        if (profile(step).uniqueKey()) {
            // It refuses a second open record with the key, and the route adopts the first.
            for (var record : stored) {
                if (!record.isOnItsWay
                        && record.isLive()
                        && record.platform.equals(step.platform())
                        && record.key.equals(step.key().toString())) {
                    return record;
                }
            }
        }
        ids++;
        var record = new Stored(step.platform() + "-" + ids, step, now.plus(delay));
        record.isOnItsWay = !delay.isZero();
        stored.add(record);
        unreported.add(record);
        return record;
    }

    /** With a record of somebody else's, as ServiceNow returns when it drops a part of the query. */
    private JsonNode find(Step step) {
        var found = IncidentJson.mapper().createArrayNode();
        found.addObject().put("id", "foreign").put("key", "FOREIGN-1").put("status", "open");
        records(step.platform(), step.part()).forEach(record -> found.add(answer(record)));
        return found;
    }

    private JsonNode update(Step step) {
        var record = record(step.state().reference().id());
        var known = step.state().known();
        if (known.status().value() != step.desired().status()) {
            record.status = step.desired().status();
        }
        if (known.priority().value() != step.desired().priority()) {
            record.priority = step.desired().priority();
        }
        record.version++;
        return answer(record);
    }

    /** Reads first when told to, as the routes do, and writes what is not shown. */
    private void link(Step step, int count) {
        var record = record(step.state().reference().id());
        step.links().keySet().stream()
                .limit(count)
                .filter(place -> !step.afterUnknown() || !record.links.containsKey(place))
                .forEach(place -> record.links.merge(place, 1, Integer::sum));
    }

    private Stored record(String id) {
        return stored.stream()
                .filter(record -> record.id.equals(id))
                .findFirst()
                .orElseThrow();
    }

    private PlatformProfile profile(Step step) {
        return profile(step.platform());
    }

    private PlatformProfile profile(String platform) {
        return profiles.stream()
                .filter(profile -> profile.name().equals(platform))
                .findFirst()
                .orElseThrow();
    }

    private ObjectNode answer(Stored record) {
        return IncidentJson.mapper()
                .createObjectNode()
                .put("id", record.id)
                .put("number", "#" + record.id)
                .put("url", "https://" + record.platform + ".example/" + record.id)
                .put("key", record.key)
                .put("status", record.status.name().toLowerCase(java.util.Locale.ROOT))
                .put("priority", record.priority.name())
                .put("time", EPOCH.plus(record.since).plusMillis(record.version).toString())
                .put("version", record.version);
    }

    private static Signal webhook(Stored record) {
        return Signals.of(
                "w-" + record.id,
                record.platform,
                SignalKind.TRIGGERED,
                "",
                null,
                new Signal.PlatformRecord(
                        record.part,
                        record.id,
                        "#" + record.id,
                        "https://" + record.platform + ".example/" + record.id,
                        true),
                "",
                record.id,
                PlatformKey.findIn(record.key).orElseThrow(),
                "",
                "",
                record.priority.name(),
                record.status.name().toLowerCase(java.util.Locale.ROOT),
                EPOCH.plus(record.since).plusMillis(record.version),
                record.version,
                RoutingHints.NONE);
    }
}
