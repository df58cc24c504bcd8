package io.xtribe.fusionhub.poll;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.nats.Bucket;
import io.xtribe.fusionhub.nats.BucketEntry;

/**
 * The turns of one poll among all hubs: its state in the bucket, which only one hub at a time writes. A hub that sees a state
 * counts from then on by its own monotonic clock, since clocks of hosts are not compared: the next round is due after the
 * interval, and the page of a hub that has died after its lease. Not safe for several threads.
 */
final class PollTurns {

    /**
     * A page that this hub may read now.
     *
     * @param state as it is stored
     * @param revision of that
     */
    record Turn(PollState state, long revision) {}

    private final String key;
    private final String hub;
    private final Duration interval;
    private final Duration lease;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    private long seen = -1;
    private long seenAt;
    private Duration wait = Duration.ZERO;
    private PollState state;
    private long roundsSeenAt;

    /**
     * Of one poll.
     *
     * @param key in the bucket
     * @param interval from the end of a round to the beginning of the next one
     * @param lease how long a hub may take for one page
     */
    PollTurns(String key, String hub, Duration interval, Duration lease, InstantSource clock, LongSupplier nanoTime) {
        this.key = key;
        this.hub = hub;
        this.interval = interval;
        this.lease = lease;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Whether it is worth looking at the bucket. */
    boolean isTime() {
        return seen == -1 || nanoTime.getAsLong() - seenAt >= wait.toNanos();
    }

    /** The turn to read a page, unless another hub has it or it is too early. */
    Optional<Turn> take(Bucket bucket) {
        var stored = bucket.find(key);
        if (stored.isEmpty()) {
            // From now on: nothing is read in this round.
            var beginning = PollState.beginning(clock.instant());
            bucket.create(key, IncidentJson.write(beginning)).ifPresent(revision -> saw(revision, beginning));
            return Optional.empty();
        }
        look(stored.get());
        if (!isTime()) {
            return Optional.empty();
        }
        var mine = state.heldBy(hub, clock.instant());
        var taken = bucket.update(key, IncidentJson.write(mine), seen);
        taken.ifPresent(revision -> saw(revision, mine));
        return taken.isPresent() ? Optional.of(new Turn(mine, taken.getAsLong())) : Optional.empty();
    }

    /** The page is over. Returns whether it was still this hub's: else another one reads it again. */
    boolean end(Bucket bucket, Turn turn, PollState next) {
        OptionalLong written = bucket.update(key, IncidentJson.write(next), turn.revision());
        written.ifPresent(revision -> saw(revision, next));
        return written.isPresent();
    }

    private void look(BucketEntry stored) {
        if (stored.revision() != seen) {
            var isFirst = seen == -1;
            saw(stored.revision(), IncidentJson.read(stored.value(), PollState.class));
            if (isFirst && !state.isUnderWay()) {
                // What was missed while no hub ran is looked for at once.
                wait = Duration.ZERO;
            }
        }
    }

    private void saw(long revision, PollState next) {
        if (state == null || next.rounds() != state.rounds()) {
            roundsSeenAt = nanoTime.getAsLong();
        }
        seen = revision;
        seenAt = nanoTime.getAsLong();
        state = next;
        wait = next.isUnderWay() ? lease : next.next() != null && next.failures() == 0 ? Duration.ZERO : interval;
    }

    /** As this hub saw it last, or null. */
    PollState state() {
        return state;
    }

    /** How long ago this hub saw that a round had come to its end. */
    Duration sinceRound() {
        return state == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - roundsSeenAt);
    }
}
