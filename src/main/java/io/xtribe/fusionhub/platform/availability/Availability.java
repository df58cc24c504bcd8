package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Whether each platform may be called: the one place that converge, health, metrics and the API ask. What happens to one
 * platform touches no other.
 */
public final class Availability {

    private static final Duration PAUSES_KNOWN_WITHIN = Duration.ofMillis(500);

    private final Map<String, PlatformAvailability> platforms = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final IntSupplier members;
    private final Duration firstWait;
    private final Duration longestWait;
    private final List<Consumer<Wish>> onTurn = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> onRecovery = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> onResume = new CopyOnWriteArrayList<>();

    private volatile CountDownLatch pauses = new CountDownLatch(0);

    /**
     * The platforms that take part.
     *
     * @param rules how each of them limits calls
     * @param nanoTime a monotonic clock, in nanoseconds
     * @param members how many processes share the accounts' limits, at least 1
     * @param firstWait how long a platform that does not answer is left alone at first
     * @param longestWait no such wait is longer
     */
    public Availability(
            Collection<RateRule> rules,
            LongSupplier nanoTime,
            IntSupplier members,
            Duration firstWait,
            Duration longestWait) {
        this.nanoTime = nanoTime;
        this.members = members;
        this.firstWait = firstWait;
        this.longestWait = longestWait;
        rules.forEach(rule -> platforms.put(rule.platform(), made(rule)));
    }

    /** One platform. */
    public PlatformAvailability of(String platform) {
        return platforms.computeIfAbsent(platform, name -> made(RateRule.none(name, Integer.MAX_VALUE)));
    }

    /** Whether it takes part. */
    public boolean has(String platform) {
        return platforms.containsKey(platform);
    }

    /** Told of each step whose turn has come: a permit is set aside for it, for some seconds. */
    public void whenTurn(Consumer<Wish> action) {
        onTurn.add(action);
    }

    /** Told of each platform that was paused and takes our account again, so that what it refused may be mended. */
    public void whenResumed(Consumer<String> action) {
        onResume.add(action);
    }

    /** A platform's probe was answered: it takes our account. */
    public void accepted(String platform) {
        var own = of(platform);
        var isResumed = own.isPaused();
        own.accepted();
        if (isResumed) {
            onResume.forEach(action -> action.accept(platform));
        }
    }

    /** An operator has paused a platform. */
    public void pause(String platform, OperatorPause pause) {
        of(platform).pause(pause);
    }

    /** An operator has resumed it, so that what it refused may be mended. */
    public void resume(String platform) {
        var own = of(platform);
        if (own.pausedByHand().isPresent()) {
            own.resume();
            onResume.forEach(action -> action.accept(platform));
        }
    }

    /** From now on it is not known which platforms are paused by hand, as when a process begins. */
    public void pausesUnknown() {
        pauses = new CountDownLatch(1);
    }

    /** Which platforms are paused by hand is known. */
    public void pausesKnown() {
        pauses.countDown();
    }

    /** Whether it is known which platforms are paused by hand; waits a moment for that. */
    public boolean knowsPauses() {
        try {
            return pauses.await(PAUSES_KNOWN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Told of each platform that was paused or broken and can be called again. */
    public void whenRecovered(Consumer<String> action) {
        onRecovery.add(action);
    }

    /**
     * An incident wants only these steps now, whatever it wanted before.
     *
     * @param keys of the wishes that it still has, on any platform
     */
    public void keepOnly(String incidentId, Set<String> keys) {
        platforms.values().forEach(platform -> platform.keepOnly(incidentId, keys));
    }

    /** Sees whose turn has come. To be called several times a second. */
    public void look() {
        for (var platform : platforms.values()) {
            platform.grantNext().forEach(wish -> onTurn.forEach(action -> action.accept(wish)));
        }
    }

    /** Platforms that refuse whatever the hub sends; what the probe route works through. */
    public List<String> names() {
        return platforms.entrySet().stream()
                .filter(entry -> entry.getValue().isPaused()
                        && entry.getValue().pausedByHand().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Every platform, in the order of their names. */
    public List<PlatformStatus> status() {
        return platforms.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue().status())
                .toList();
    }

    private PlatformAvailability made(RateRule rule) {
        return new PlatformAvailability(
                rule,
                nanoTime,
                members,
                firstWait,
                longestWait,
                () -> onRecovery.forEach(action -> action.accept(rule.platform())));
    }
}
