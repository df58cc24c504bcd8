package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is known of a platform's availability at one moment, for people and scripts.
 *
 * @param platform its name
 * @param state the gravest thing that keeps it from being called
 * @param since since when, by this host's clock; null when nothing does
 * @param until until when, as far as that can be told; else null
 * @param words what the vendor said last when it refused or did not answer, or who has paused it and why; empty when there is nothing
 * @param pausedBy which operator has paused it; null when none has
 * @param budgets what is left of each limit that is known
 * @param queue how many steps wait, by lane
 * @param lagMillis for how long the oldest of them has waited, by lane, in milliseconds; without the lanes in which none waits
 */
public record PlatformStatus(
        String platform,
        State state,
        Instant since,
        Instant until,
        String words,
        String pausedBy,
        List<BudgetStatus> budgets,
        Map<String, Integer> queue,
        Map<String, Long> lagMillis) {

    /** What keeps a platform from being called, the gravest last. */
    public enum State {
        /** Nothing. */
        OK,
        /** Its rate limit is used up for now. */
        LIMITED,
        /** It asked not to be called for a while. */
        HELD,
        /** It did not answer for a while; a few steps try whether it does again. */
        PROBING,
        /** It does not answer; nothing is sent until the next try. */
        BROKEN,
        /** It refuses our credentials, and nothing is sent but a probe; or an operator has paused it, and nothing is sent. */
        PAUSED;

        /** For example {@code paused}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One limit.
     *
     * @param name {@code account}, or whose limit it is
     * @param limit how many calls the account has in a window; 0 when that is not known
     * @param windowSeconds the length of a window
     * @param left how many this hub may make at once now; negative when begun steps have made more than that
     * @param resetsInSeconds how long until the vendor's window ends; 0 when that is not known
     */
    public record BudgetStatus(String name, long limit, long windowSeconds, long left, long resetsInSeconds) {}

    /** For how long the oldest step that waits has waited; zero when none waits. */
    public Duration lag() {
        return Duration.ofMillis(
                lagMillis.values().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    /** How many steps wait, whatever their lane. */
    public int waiting() {
        return queue.values().stream().mapToInt(Integer::intValue).sum();
    }
}
