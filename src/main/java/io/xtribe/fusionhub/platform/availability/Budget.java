package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;

/**
 * What this process may still spend of one limit of an account. Two things must allow a call: a bucket, filled at this
 * process's share of the limit, and what the vendor's last answer said is left of the window, by the same share and without
 * the calls under way. The second keeps the total right whoever else spends. While the limit is not known, what counts is
 * how many calls are under way at once. Not safe for several threads.
 */
final class Budget {

    /** Of a full bucket all is spent at once: the rest of the limit is for whoever is not counted among the members. */
    private static final double BURST = 0.8;

    private final LongSupplier nanoTime;
    private final IntSupplier members;

    private String name;
    private long calls;
    private Duration per = Duration.ofMinutes(1);
    private int sharedBy;
    private Bucket bucket;

    private boolean isWindowKnown;
    private long windowEnd;
    private long left;
    /** Permits that are not used yet, and calls that are not answered yet. */
    private long outstanding;

    /** How many calls may be under way at once while the limit is not known. */
    private long atOnce = Long.MAX_VALUE;

    private boolean wasRefused;

    private boolean isClosed;
    private long closedUntil;

    /**
     * A limit that is not known yet: everything is allowed, unless {@link #startSlowly} is called.
     *
     * @param members how many processes share the account's limits, at least 1
     */
    Budget(String name, LongSupplier nanoTime, IntSupplier members) {
        this.name = name;
        this.nanoTime = nanoTime;
        this.members = members;
    }

    /** The limit is that many calls of the account in this time. */
    void limit(long newCalls, Duration newPer) {
        if (newCalls > 0 && !newPer.isZero() && (newCalls != calls || !newPer.equals(per))) {
            calls = newCalls;
            per = newPer;
            fill();
        }
    }

    /** The account's limit; 0 while it is not known. */
    long calls() {
        return calls;
    }

    Duration per() {
        return per;
    }

    String name() {
        return name;
    }

    void name(String newName) {
        name = newName;
    }

    /** Only so many calls at once, until an answer has told the limit, or that there is none. */
    void startSlowly(long most) {
        atOnce = most;
    }

    /** Whether a step of this lane, which makes that many calls, may begin now. */
    boolean allows(Lane lane, int calls) {
        if (!untilOpen().isZero()) {
            return false;
        }
        if (bucket == null) {
            return outstanding < atOnce;
        }
        // However small the limit: when nothing of it is spent, every step may begin.
        var need = Math.min(calls, capacity());
        var reserve = Math.min(lane.reserveOf(share()), capacity() - need);
        return tokens() - need >= reserve && room() - need >= decayed(reserve);
    }

    /** That many calls are set aside by a permit, or made without one. */
    void take(int calls) {
        left -= calls;
        outstanding += calls;
        if (bucket != null) {
            // Also below zero: a step that has begun does not wait, and later ones make up for it.
            bucket.consumeIgnoringRateLimits(calls);
        }
    }

    /** A permit did not use that many calls. */
    void giveBack(int calls) {
        left += calls;
        outstanding -= calls;
        if (bucket != null) {
            bucket.addTokens(calls);
        }
    }

    /** A call under a permit, or one that was made without, was answered or given up. */
    void ended() {
        outstanding--;
    }

    /** A call was answered. If no answer has told a limit, there is none, or more than was tried when one was refused. */
    void answered() {
        atOnce = wasRefused ? atOnce + 1 : Long.MAX_VALUE;
    }

    /** A call was one too many: while no answer tells the limit, half as many are made at once as then. */
    void refused() {
        wasRefused = true;
        atOnce = Math.max(1, Math.min(atOnce, outstanding + 1) / 2);
    }

    /** Nothing is spent for this long: the vendor has refused a call. */
    void close(Duration time) {
        var end = nanoTime.getAsLong() + time.toNanos();
        closedUntil = isClosed && closedUntil - end > 0 ? closedUntil : end;
        isClosed = true;
    }

    /** How long nothing is spent because the vendor has refused a call; zero when that is over. */
    Duration untilOpen() {
        var time = isClosed ? closedUntil - nanoTime.getAsLong() : 0;
        isClosed = time > 0;
        return isClosed ? Duration.ofNanos(time) : Duration.ZERO;
    }

    /** How many calls of the most urgent lane may be made at once; negative when begun steps have made more than that. */
    long spendable() {
        if (bucket == null) {
            return Long.MAX_VALUE;
        }
        return Math.min(tokens(), room());
    }

    /** What is left of the window; of the next one, as long as nothing was told of that, all but what is under way. */
    private long room() {
        return isInWindow() ? left : share() - outstanding;
    }

    private long tokens() {
        if (sharedBy != members.getAsInt()) {
            fill();
        }
        return bucket.getAvailableTokens();
    }

    /** What is kept for more urgent lanes until the window ends: nothing of it shall be left over then. */
    private long decayed(long reserve) {
        return Math.min(reserve, reserve * untilReset().toMillis() / Math.max(1, per.toMillis()));
    }

    /** How long until the vendor's window ends; zero when that is not known. */
    Duration untilReset() {
        return isInWindow() ? Duration.ofNanos(windowEnd - nanoTime.getAsLong()) : Duration.ZERO;
    }

    /** Takes in what an answer told of this limit. */
    void told(AnswerHeaders answer) {
        answer.limit().ifPresent(told -> limit(told, answer.period().orElse(per)));
        var reset = answer.reset();
        if (reset.isEmpty()) {
            return;
        }
        var end = nanoTime.getAsLong() + reset.get().toNanos();
        var isNew = !isInWindow() || end - windowEnd > per.toNanos() / 2;
        var remaining = answer.remaining();
        if (remaining.isPresent()) {
            var ours = remaining.getAsLong() / sharers() - outstanding;
            // Answers may overtake each other: within a window only the lowest word counts.
            left = isNew ? ours : Math.min(left, ours);
        } else if (isNew) {
            left = share() - outstanding;
        }
        if (isNew) {
            windowEnd = end;
            isWindowKnown = true;
        }
    }

    private boolean isInWindow() {
        isWindowKnown = isWindowKnown && windowEnd - nanoTime.getAsLong() > 0;
        return isWindowKnown;
    }

    private long share() {
        return Math.max(1, calls / sharers());
    }

    private long capacity() {
        return Math.max(1, (long) (BURST * share()));
    }

    private int sharers() {
        return Math.max(1, members.getAsInt());
    }

    private void fill() {
        sharedBy = members.getAsInt();
        var filled = BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(capacity()).refillGreedy(share(), per))
                .build();
        if (bucket == null) {
            bucket = Bucket.builder()
                    .addLimit(filled.getBandwidths()[0])
                    .withCustomTimePrecision(new Nanos(nanoTime))
                    .build();
        } else {
            bucket.replaceConfiguration(filled, TokensInheritanceStrategy.PROPORTIONALLY);
        }
    }

    private record Nanos(LongSupplier nanoTime) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
